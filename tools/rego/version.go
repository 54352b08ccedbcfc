package main

import (
	"runtime"

	opa "github.com/open-policy-agent/opa/v1/version"
)

// version names what the toolchain is made of, and what policies may call.
func version(*Request) (Answer, error) {
	return Answer{"opa": opa.Version, "go": runtime.Version(), "natives": nativeNames()}, nil
}
