package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
)

func isTestFile(name string) bool { return strings.HasSuffix(name, "_test.rego") }

func isTestRule(rule *ast.Rule) bool {
	name := rule.Head.Ref()[0].String()
	return strings.HasPrefix(name, "test_")
}

// parse reads the files as Rego v1 with their METADATA, by name. The error holds those of all files.
func parse(files []File, capabilities *ast.Capabilities) (map[string]*ast.Module, error) {
	modules := make(map[string]*ast.Module, len(files))
	var problems ast.Errors
	for _, file := range files {
		if _, twice := modules[file.Name]; twice {
			return nil, fmt.Errorf("request: file %q is given twice", file.Name)
		}
		module, err := ast.ParseModuleWithOpts(file.Name, file.Text, ast.ParserOptions{
			RegoVersion:       ast.RegoV1,
			ProcessAnnotation: true,
			Capabilities:      capabilities,
		})
		var parsing ast.Errors
		switch {
		case errors.As(err, &parsing):
			problems = append(problems, parsing...)
		case err != nil:
			return nil, err
		default:
			modules[file.Name] = module
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return modules, nil
}

func withoutTests(files []File) []File {
	var kept []File
	for _, file := range files {
		if !isTestFile(file.Name) {
			kept = append(kept, file)
		}
	}
	return kept
}

// storeOf holds the data of the request, the base documents beside the policies.
func storeOf(request *Request) storage.Store {
	if request.Data == nil {
		return inmem.New()
	}
	return inmem.NewFromObject(request.Data)
}
