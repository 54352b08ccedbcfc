package main

import (
	"maps"
	"math"
	"slices"

	"github.com/open-policy-agent/opa/v1/cover"
)

// fileCoverage gives lines as ranges from first to last, and how many of a hundred lines were covered.
type fileCoverage struct {
	File       string   `json:"file"`
	Covered    [][2]int `json:"covered"`
	NotCovered [][2]int `json:"notCovered"`
	Percent    float64  `json:"percent"`
}

// coverageOf says which lines the tests reached, for every file that is no test itself.
func coverageOf(report cover.Report) []fileCoverage {
	files := []fileCoverage{}
	for _, name := range slices.Sorted(maps.Keys(report.Files)) {
		if !isTestFile(name) {
			files = append(files, linesOf(name, report.Files[name]))
		}
	}
	return files
}

// linesOf judges a line by the smallest range over it: OPA's ranges are nested, an expression in a rule.
func linesOf(name string, report *cover.FileReport) fileCoverage {
	ranges := slices.Concat(report.Covered, report.NotCovered)
	order := make([]int, len(ranges))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return height(ranges[b]) - height(ranges[a]) })
	covered := map[int]bool{}
	for _, i := range order {
		for row := ranges[i].Start.Row; row <= ranges[i].End.Row; row++ {
			covered[row] = i < len(report.Covered)
		}
	}
	file := fileCoverage{File: name, Covered: [][2]int{}, NotCovered: [][2]int{}, Percent: 100}
	count := 0
	for _, row := range slices.Sorted(maps.Keys(covered)) {
		if covered[row] {
			file.Covered = extend(file.Covered, row)
			count++
		} else {
			file.NotCovered = extend(file.NotCovered, row)
		}
	}
	if len(covered) > 0 {
		file.Percent = math.Round(10000*float64(count)/float64(len(covered))) / 100
	}
	return file
}

func height(one cover.Range) int { return one.End.Row - one.Start.Row }

func extend(runs [][2]int, row int) [][2]int {
	if last := len(runs) - 1; last >= 0 && runs[last][1] == row-1 {
		runs[last][1] = row
		return runs
	}
	return append(runs, [2]int{row, row})
}
