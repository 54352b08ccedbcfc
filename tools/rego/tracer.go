package main

import (
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// tracer watches an evaluation for what becomes of each expression in the bodies of some rules.
type tracer struct {
	rules []*explainedRule
	calls map[uint64]*call
}

// call is one evaluation of one body. Its last expression has held as soon as the next is tried or the body is left.
type call struct {
	rule *explainedRule
	last *ast.Expr
}

// newTracer reads the rules of the request as their author wrote them, in the order of the files.
func newTracer(request *Request) (*tracer, error) {
	files := withoutTests(request.Files)
	modules, err := parse(files, pure())
	if err != nil {
		return nil, err
	}
	rules := []*explainedRule{}
	for _, file := range files {
		rules = append(rules, explainable(modules[file.Name].Rules, request.Explain)...)
	}
	return &tracer{rules: rules, calls: map[uint64]*call{}}, nil
}

func (*tracer) Enabled() bool { return true }

func (*tracer) Config() topdown.TraceConfig { return topdown.TraceConfig{PlugLocalVars: true} }

func (t *tracer) TraceEvent(event topdown.Event) {
	if rule, ok := event.Node.(*ast.Rule); ok && event.Op == topdown.EnterOp {
		t.enter(event.QueryID, rule)
		return
	}
	call := t.calls[event.QueryID]
	if call == nil {
		return
	}
	switch event.Op {
	case topdown.EvalOp:
		call.hold(&event)
		if expr, ok := event.Node.(*ast.Expr); ok {
			call.last = expr
			call.rule.record(expr, neverHeld, &event)
		}
	case topdown.RedoOp:
		call.last, _ = event.Node.(*ast.Expr)
	case topdown.ExitOp:
		call.hold(&event)
		call.rule.Outcome = held
	}
}

func (t *tracer) enter(query uint64, compiled *ast.Rule) {
	for _, rule := range t.rules {
		if rule.location.Equal(compiled.Location) {
			rule.enter(compiled)
			t.calls[query] = &call{rule: rule}
		}
	}
}

func (c *call) hold(event *topdown.Event) {
	if c.last != nil {
		c.rule.record(c.last, held, event)
		c.last = nil
	}
}
