package main

import (
	"context"

	"github.com/open-policy-agent/opa/v1/rego"
)

// eval answers the query on the interpreter. An undefined query has no result. With a trace, rule indexing and early exit
// are off, so that every body of an explained rule is really tried.
func eval(request *Request) (Answer, error) {
	modules, err := parse(withoutTests(request.Files), pure())
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	options := []func(*rego.Rego){
		rego.Query(request.Query),
		rego.Store(storeOf(request)),
		rego.Capabilities(pure()),
		rego.StrictBuiltinErrors(true),
	}
	for _, module := range modules {
		options = append(options, rego.ParsedModule(module))
	}
	query, err := rego.New(options...).PrepareForEval(ctx)
	if err != nil {
		return nil, err
	}
	with := []rego.EvalOption{rego.EvalSortSets(true)}
	if request.Input != nil {
		with = append(with, rego.EvalInput(*request.Input))
	}
	var explanation *tracer
	if request.Trace {
		if explanation, err = newTracer(request); err != nil {
			return nil, err
		}
		with = append(with, rego.EvalQueryTracer(explanation), rego.EvalRuleIndexing(false), rego.EvalEarlyExit(false))
	}
	solutions, err := query.Eval(ctx, with...)
	if err != nil {
		return nil, err
	}
	answer := Answer{}
	if len(solutions) > 0 {
		answer["result"] = solutions[0].Expressions[0].Value
	}
	if explanation != nil {
		answer["explain"] = explanation.rules
	}
	return answer, nil
}
