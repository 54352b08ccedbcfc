package main

import (
	"cmp"
	"errors"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Problem is an error with its place; one of the toolchain itself has the code "internal" and no place.
type Problem struct {
	File    string   `json:"file,omitempty"`
	Line    int      `json:"line,omitempty"`
	Column  int      `json:"column,omitempty"`
	Code    string   `json:"code"`
	Message string   `json:"message"`
	Details []string `json:"details,omitempty"`
}

// problemsOf gives every error its place, sorted by file, line and column, each once.
func problemsOf(err error) []Problem {
	problems := flatten(err)
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(problems, func(a, b Problem) bool {
		return a.File == b.File && a.Line == b.Line && a.Column == b.Column && a.Message == b.Message
	})
}

func flatten(err error) []Problem {
	var many ast.Errors
	if errors.As(err, &many) {
		problems := make([]Problem, 0, len(many))
		for _, one := range many {
			problems = append(problems, problemOf(one))
		}
		return problems
	}
	var one *ast.Error
	if errors.As(err, &one) {
		return []Problem{problemOf(one)}
	}
	return []Problem{{Code: "internal", Message: err.Error()}}
}

func problemOf(err *ast.Error) Problem {
	problem := Problem{Code: err.Code, Message: err.Message}
	if err.Location != nil {
		problem.File, problem.Line, problem.Column = err.Location.File, err.Location.Row, err.Location.Col
	}
	if err.Details != nil {
		problem.Details = err.Details.Lines()
	}
	return problem
}
