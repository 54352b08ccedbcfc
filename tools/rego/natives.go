package main

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

//go:generate go run ./natives natives_table.go

// compileTime are calls that the compiler itself replaces, so that no module ever makes them.
var compileTime = []*ast.Builtin{ast.Equality, ast.Assign, ast.RegoMetadataChain, ast.RegoMetadataRule}

// forTests are what the test runner needs on the interpreter: named cases, and print, whose output it shows.
var forTests = []*ast.Builtin{ast.InternalTestCase, ast.InternalPrint, ast.Print}

// pure allows what a compiled module does without its host: no clock, network or chance. A call of anything else is an
// error of the compiler, with its place.
func pure(more ...*ast.Builtin) *ast.Capabilities {
	allowed := map[string]bool{}
	for _, builtin := range slices.Concat(natives, compileTime, more) {
		allowed[builtin.Name] = true
	}
	capabilities := ast.CapabilitiesForThisVersion(ast.CapabilitiesRegoVersion(ast.RegoV1))
	capabilities.Builtins = slices.DeleteFunc(capabilities.Builtins, func(builtin *ast.Builtin) bool {
		return !allowed[builtin.Name]
	})
	// An empty list, unlike none: schemas may refer to no host.
	capabilities.AllowNet = []string{}
	return capabilities
}

func nativeNames() []string {
	names := make([]string, 0, len(natives))
	for _, builtin := range natives {
		names = append(names, builtin.Name)
	}
	slices.Sort(names)
	return names
}
