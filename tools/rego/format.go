package main

import (
	"errors"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"
)

type formatted struct {
	Name    string `json:"name"`
	Text    string `json:"text"`
	Changed bool   `json:"changed"`
}

// formatFiles lays every file out as `opa fmt` does.
func formatFiles(request *Request) (Answer, error) {
	files := make([]formatted, 0, len(request.Files))
	var problems ast.Errors
	for _, file := range request.Files {
		text, err := format.SourceWithOpts(file.Name, []byte(file.Text), format.Opts{RegoVersion: ast.RegoV1})
		var parsing ast.Errors
		switch {
		case errors.As(err, &parsing):
			problems = append(problems, parsing...)
		case err != nil:
			return nil, err
		default:
			files = append(files, formatted{file.Name, string(text), string(text) != file.Text})
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return Answer{"files": files}, nil
}
