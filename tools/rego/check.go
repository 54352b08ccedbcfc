package main

import (
	"cmp"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

type ruleSite struct {
	Path   string `json:"path"`
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Test   bool   `json:"test"`
}

// check compiles the files strictly, against the capabilities and the schemas of the request.
func check(request *Request) (Answer, error) {
	modules, err := parse(request.Files, pure())
	if err != nil {
		return nil, err
	}
	if prints := printCalls(modules); len(prints) > 0 {
		return nil, prints
	}
	annotations, rules := annotationsOf(modules), rulesOf(modules)
	schemas, err := applySchemas(modules, request)
	if err != nil {
		return nil, err
	}
	compiler := ast.NewCompiler().
		WithCapabilities(pure()).
		WithStrict(true).
		WithUseTypeCheckAnnotations(true).
		WithSchemas(schemas).
		SetErrorLimit(0)
	if compiler.Compile(modules); compiler.Failed() {
		return nil, compiler.Errors
	}
	return Answer{"annotations": annotations, "rules": rules}, nil
}

// printCalls are errors because the compiler would drop them without a word.
func printCalls(modules map[string]*ast.Module) (problems ast.Errors) {
	for _, module := range modules {
		ast.WalkExprs(module, func(expr *ast.Expr) bool {
			if expr.IsCall() && expr.Operator().Equal(ast.Print.Ref()) {
				problems = append(problems, ast.NewError(ast.CompileErr, expr.Location, "print calls have no place in a policy"))
			}
			return false
		})
	}
	return problems
}

func rulesOf(modules map[string]*ast.Module) []ruleSite {
	rules := []ruleSite{}
	for name, module := range modules {
		for _, rule := range module.Rules {
			rules = append(rules, ruleSite{
				Path:   rule.Ref().GroundPrefix().String(),
				File:   name,
				Line:   rule.Location.Row,
				Column: rule.Location.Col,
				Test:   isTestRule(rule),
			})
		}
	}
	slices.SortStableFunc(rules, func(a, b ruleSite) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return rules
}
