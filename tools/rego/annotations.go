package main

import (
	"cmp"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// annotation is a METADATA block with the path and place of what it describes.
type annotation struct {
	File             string                           `json:"file"`
	Line             int                              `json:"line"`
	Column           int                              `json:"column"`
	Path             string                           `json:"path"`
	Scope            string                           `json:"scope"`
	Title            string                           `json:"title,omitempty"`
	Description      string                           `json:"description,omitempty"`
	Entrypoint       bool                             `json:"entrypoint,omitempty"`
	Organizations    []string                         `json:"organizations,omitempty"`
	Authors          []*ast.AuthorAnnotation          `json:"authors,omitempty"`
	RelatedResources []*ast.RelatedResourceAnnotation `json:"relatedResources,omitempty"`
	Custom           map[string]any                   `json:"custom,omitempty"`
}

func annotationsOf(modules map[string]*ast.Module) []annotation {
	annotations := []annotation{}
	for name, module := range modules {
		for _, block := range module.Annotations {
			target := ast.NewAnnotationsRef(block)
			annotations = append(annotations, annotation{
				File:             name,
				Line:             target.Location.Row,
				Column:           target.Location.Col,
				Path:             target.Path.String(),
				Scope:            block.Scope,
				Title:            block.Title,
				Description:      block.Description,
				Entrypoint:       block.Entrypoint,
				Organizations:    block.Organizations,
				Authors:          block.Authors,
				RelatedResources: block.RelatedResources,
				Custom:           block.Custom,
			})
		}
	}
	slices.SortStableFunc(annotations, func(a, b annotation) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Scope, b.Scope))
	})
	return annotations
}
