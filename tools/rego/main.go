// Command rego is the policy toolchain: OPA's compiler, checker, formatter, test runner and evaluator behind one
// request on stdin and one answer on stdout. Built for wasip1 it runs in Node, with no files, arguments or environment.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/open-policy-agent/opa/v1/util"
)

// File is a policy source; its name is the one that errors give.
type File struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Request holds the fields of all verbs; README.md says which verb reads which.
type Request struct {
	Verb        string         `json:"verb"`
	Files       []File         `json:"files"`
	InputSchema any            `json:"inputSchema"`
	DataSchemas map[string]any `json:"dataSchemas"`
	Entrypoints []string       `json:"entrypoints"`
	Tests       bool           `json:"tests"`
	Optimize    int            `json:"optimize"`
	Data        map[string]any `json:"data"`
	Coverage    bool           `json:"coverage"`
	Query       string         `json:"query"`
	Input       *any           `json:"input"`
	Trace       bool           `json:"trace"`
	Explain     []string       `json:"explain"`
}

// Answer is what a verb found, by field name; "ok" is added on the way out.
type Answer map[string]any

var verbs = map[string]func(*Request) (Answer, error){
	"check":   check,
	"compile": compileWasm,
	"eval":    eval,
	"format":  formatFiles,
	"test":    runTests,
	"version": version,
}

// garbagePercent is how far memory may grow before garbage is collected. A run is short, and collecting costs a third of it
// at Go's own 100.
const garbagePercent = 400

func main() {
	debug.SetGCPercent(garbagePercent)
	if err := write(os.Stdout, answer(os.Stdin)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answer(in io.Reader) (out Answer) {
	defer func() {
		if reason := recover(); reason != nil {
			out = failure(fmt.Errorf("panic: %v", reason))
		}
	}()
	text, err := io.ReadAll(in)
	if err != nil {
		return failure(err)
	}
	var request Request
	// OPA's decoder keeps numbers as they are written, beyond the precision of a float.
	if err := util.NewJSONDecoder(bytes.NewReader(text)).Decode(&request); err != nil {
		return failure(fmt.Errorf("request: %w", err))
	}
	verb, known := verbs[request.Verb]
	if !known {
		return failure(fmt.Errorf("request: unknown verb %q", request.Verb))
	}
	result, err := verb(&request)
	if err != nil {
		return failure(err)
	}
	result["ok"] = true
	return result
}

func failure(err error) Answer {
	return Answer{"ok": false, "errors": problemsOf(err)}
}

func write(out io.Writer, answer Answer) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(answer)
}
