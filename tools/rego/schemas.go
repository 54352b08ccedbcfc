package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// applySchemas types `input` and the documents of `data` for every module, so that a misspelt field is an error. OPA takes
// a schema of data only from METADATA: one block of scope subpackages above each tree of packages says it for them all.
func applySchemas(modules map[string]*ast.Module, request *Request) (*ast.SchemaSet, error) {
	schemas := ast.NewSchemaSet()
	if request.InputSchema != nil {
		schemas.Put(ast.SchemaRootRef, request.InputSchema)
	}
	var typed []*ast.SchemaAnnotation
	for _, document := range slices.Sorted(maps.Keys(request.DataSchemas)) {
		schema := ast.SchemaRootRef.Append(ast.StringTerm(document))
		schemas.Put(schema, request.DataSchemas[document])
		path := ast.DefaultRootRef.Append(ast.StringTerm(document))
		typed = append(typed, &ast.SchemaAnnotation{Path: path, Schema: schema})
	}
	if len(typed) == 0 {
		return schemas, nil
	}
	for _, root := range rootsOf(modules) {
		block := subpackagesBlock(modules, root)
		if block == nil {
			name := fmt.Sprintf("schemas of %s", root)
			module, err := ast.ParseModuleWithOpts(name, "# METADATA\n# scope: subpackages\npackage "+root[1:].String(), ast.ParserOptions{ProcessAnnotation: true})
			if err != nil {
				return nil, err
			}
			modules[name], block = module, module.Annotations[0]
		}
		block.Schemas = append(typed, block.Schemas...)
	}
	return schemas, nil
}

// rootsOf gives the first part of every package path, each once: data.fiduciary of data.fiduciary.lib.element.
func rootsOf(modules map[string]*ast.Module) []ast.Ref {
	roots := map[string]ast.Ref{}
	for _, module := range modules {
		root := module.Package.Path[:2]
		roots[root.String()] = root
	}
	sorted := []ast.Ref{}
	for _, name := range slices.Sorted(maps.Keys(roots)) {
		sorted = append(sorted, roots[name])
	}
	return sorted
}

// subpackagesBlock finds the block of that scope that a policy's author wrote for the package, of which there is one at most.
func subpackagesBlock(modules map[string]*ast.Module, path ast.Ref) *ast.Annotations {
	for _, module := range modules {
		for _, block := range module.Annotations {
			if block.Scope == "subpackages" && module.Package.Path.Equal(path) {
				return block
			}
		}
	}
	return nil
}
