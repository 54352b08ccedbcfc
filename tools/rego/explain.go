package main

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// Outcomes of a rule or an expression over all the times it was tried.
const (
	held       = "true"
	neverHeld  = "false"
	notReached = "not-reached"
)

// explainedRule is one body of a rule, or one of its else branches, as its author wrote it.
type explainedRule struct {
	Path        string           `json:"path"`
	File        string           `json:"file"`
	Line        int              `json:"line"`
	Outcome     string           `json:"outcome"`
	Expressions []*explainedExpr `json:"expressions"`

	location *ast.Location
	// Where each expression that the compiler made of the body belongs; nil until the rule is entered.
	origins map[*ast.Expr]*explainedExpr
}

type explainedExpr struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Text    string `json:"text"`
	Outcome string `json:"outcome"`
	// The author's variables in the expression, as they stood when it held last, or was last tried in vain.
	Bindings map[string]any `json:"bindings,omitempty"`

	location *ast.Location
	names    map[ast.Var]bool
	// The compiler splits an expression of the author's into several, and all of them must hold.
	outcomes map[*ast.Expr]string
}

func explain(path string, rule *ast.Rule) *explainedRule {
	explained := &explainedRule{
		Path: path, File: rule.Location.File, Line: rule.Location.Row, Outcome: notReached, location: rule.Location,
		Expressions: make([]*explainedExpr, 0, len(rule.Body)),
	}
	for _, expr := range rule.Body {
		if expr.Location.Offset >= rule.Location.Offset && !expr.Generated {
			explained.Expressions = append(explained.Expressions, explainExpr(expr))
		}
	}
	return explained
}

func explainExpr(expr *ast.Expr) *explainedExpr {
	names := map[ast.Var]bool{}
	ast.WalkVars(expr, func(name ast.Var) bool {
		names[name] = true
		return false
	})
	at := expr.Location
	return &explainedExpr{
		File: at.File, Line: at.Row, Column: at.Col, Text: string(at.Text), Outcome: notReached,
		location: at, names: names, outcomes: map[*ast.Expr]string{},
	}
}

// enter leads the compiler's expressions back to the author's, by their places.
func (rule *explainedRule) enter(compiled *ast.Rule) {
	if rule.Outcome == notReached {
		rule.Outcome = neverHeld
	}
	if rule.origins != nil {
		return
	}
	rule.origins = map[*ast.Expr]*explainedExpr{}
	for _, part := range compiled.Body {
		for _, expr := range rule.Expressions {
			if within(part.Location, expr.location) {
				rule.origins[part] = expr
				expr.outcomes[part] = notReached
			}
		}
	}
}

func within(inner, outer *ast.Location) bool {
	return inner != nil && inner.File == outer.File && inner.Offset >= outer.Offset && inner.Offset < outer.Offset+len(outer.Text)
}

// record notes what became of one of the compiler's expressions; what has held once counts as held.
func (rule *explainedRule) record(part *ast.Expr, outcome string, event *topdown.Event) {
	expr := rule.origins[part]
	if expr == nil || (outcome == neverHeld && expr.outcomes[part] == held) {
		return
	}
	expr.outcomes[part] = outcome
	if overall := expr.overall(); overall != notReached {
		expr.Outcome = overall
		expr.Bindings = bindingsOf(event, expr.names)
	}
}

func (expr *explainedExpr) overall() string {
	outcome := held
	for _, part := range expr.outcomes {
		if part == neverHeld {
			return neverHeld
		}
		if part == notReached {
			outcome = notReached
		}
	}
	return outcome
}

func bindingsOf(event *topdown.Event, names map[ast.Var]bool) map[string]any {
	bindings := map[string]any{}
	for local, variable := range event.LocalMetadata {
		name := variable.Name
		if name == "" {
			name = local
		}
		if value := event.Locals.Get(local); value != nil && names[name] {
			if plain, err := ast.JSONWithOpt(value, ast.JSONOpt{SortSets: true}); err == nil {
				bindings[string(name)] = plain
			}
		}
	}
	return bindings
}

func explainable(rules []*ast.Rule, paths []string) (explained []*explainedRule) {
	for _, rule := range rules {
		path := rule.Ref().GroundPrefix().String()
		if rule.Default || !slices.Contains(paths, path) {
			continue
		}
		for branch := rule; branch != nil; branch = branch.Else {
			explained = append(explained, explain(path, branch))
		}
	}
	return explained
}
