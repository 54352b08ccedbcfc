package main

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/tester"
)

// noLimit leaves time to the host: what a test may take must not depend on the machine.
const noLimit = 24 * time.Hour

type testResult struct {
	Name   string `json:"name"`
	File   string `json:"file"`
	Line   int    `json:"line"`
	Pass   bool   `json:"pass"`
	Skip   bool   `json:"skip,omitempty"`
	Error  string `json:"error,omitempty"`
	Output string `json:"output,omitempty"`
}

// runTests runs all test rules on the interpreter over the data of the request, one after the other.
func runTests(request *Request) (Answer, error) {
	capabilities := pure(forTests...)
	modules, err := parse(request.Files, capabilities)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	store := storeOf(request)
	txn, err := store.NewTransaction(ctx, storage.WriteParams)
	if err != nil {
		return nil, err
	}
	coverage := newVisits()
	runner := tester.NewRunner().
		SetCompiler(ast.NewCompiler().WithCapabilities(capabilities).WithEnablePrintStatements(true)).
		SetStore(store).
		SetModules(modules).
		SetParallel(1).
		SetTimeout(noLimit).
		CapturePrintOutput(true)
	if request.Coverage {
		runner.SetCoverageQueryTracer(coverage)
	}
	ran, err := runner.RunTests(ctx, txn)
	if err != nil {
		return nil, err
	}
	results := []testResult{}
	for result := range ran {
		results = append(results, testResultOf(result))
	}
	slices.SortStableFunc(results, func(a, b testResult) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Name, b.Name))
	})
	answer := Answer{"results": results}
	if request.Coverage {
		answer["coverage"] = coverageOf(coverage.Report(modules))
	}
	return answer, nil
}

func testResultOf(result *tester.Result) testResult {
	out := testResult{
		Name:   result.Package + "." + result.Name,
		File:   result.Location.File,
		Line:   result.Location.Row,
		Pass:   result.Pass(),
		Skip:   result.Skip,
		Output: string(result.Output),
	}
	if result.Error != nil {
		out.Error = result.Error.Error()
	}
	return out
}
