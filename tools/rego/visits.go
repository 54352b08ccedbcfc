package main

import (
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// visits tells OPA's coverage of each place once. On its own it measures the text of a place at every visit, and is given
// every test three times, with indexes and early exits off: three quarters of the time of a run.
type visits struct {
	*cover.Cover
	seen map[*ast.Location]bool
}

func newVisits() *visits {
	return &visits{Cover: cover.New(), seen: map[*ast.Location]bool{}}
}

func (v *visits) TraceEvent(event topdown.Event) {
	var place *ast.Location
	switch node := event.Node.(type) {
	case *ast.Rule:
		if event.Op == topdown.ExitOp {
			place = node.Head.Location
		}
	case *ast.Expr:
		if event.Op == topdown.EvalOp {
			place = node.Location
		}
	}
	if place != nil && !v.seen[place] {
		v.seen[place] = true
		v.Cover.TraceEvent(event)
	}
}
