package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/compile"
	"github.com/open-policy-agent/opa/v1/ir"
)

// compileWasm makes one module of the files, without their tests unless the request asks for them. The answer names the
// built-ins that the module wants from its host, which the capabilities keep empty.
func compileWasm(request *Request) (Answer, error) {
	files := request.Files
	if !request.Tests {
		files = withoutTests(files)
	}
	module, err := build(request, files, compile.TargetWasm)
	if err != nil {
		return nil, err
	}
	plan, err := build(request, files, compile.TargetPlan)
	if err != nil {
		return nil, err
	}
	builtins, err := hostBuiltins(plan.PlanModules[0].Raw)
	if err != nil {
		return nil, err
	}
	return Answer{"wasm": module.WasmModules[0].Raw, "builtins": builtins}, nil
}

func build(request *Request, files []File, target string) (*bundle.Bundle, error) {
	modules, err := parse(files, pure())
	if err != nil {
		return nil, err
	}
	sources := &bundle.Bundle{Data: map[string]any{}}
	sources.SetRegoVersion(ast.RegoV1)
	sources.Manifest.Init()
	for _, file := range files {
		sources.Modules = append(sources.Modules, bundle.ModuleFile{
			URL: file.Name, Path: file.Name, Parsed: modules[file.Name], Raw: []byte(file.Text),
		})
	}
	compiler := compile.New().
		WithBundle(sources).
		WithTarget(target).
		WithEntrypoints(request.Entrypoints...).
		WithOptimizationLevel(request.Optimize).
		WithCapabilities(pure()).
		WithRegoVersion(ast.RegoV1)
	if err := compiler.Build(context.Background()); err != nil {
		return nil, err
	}
	return compiler.Bundle(), nil
}

// hostBuiltins lists what the plan calls and the wasm runtime lacks.
func hostBuiltins(plan []byte) ([]string, error) {
	var policy ir.Policy
	if err := json.Unmarshal(plan, &policy); err != nil {
		return nil, fmt.Errorf("plan: %w", err)
	}
	native := map[string]bool{}
	for _, name := range nativeNames() {
		native[name] = true
	}
	wanted := []string{}
	for _, builtin := range policy.Static.BuiltinFuncs {
		if !native[builtin.Name] {
			wanted = append(wanted, builtin.Name)
		}
	}
	return wanted, nil
}
