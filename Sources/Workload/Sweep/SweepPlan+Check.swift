extension SweepPlan {
    /// Throws unless the fields of every cell suit each other, and every entry of its mix is what the caller demands.
    ///
    /// - Parameter checkEntry: what the caller demands of an entry of a mix.
    package func check(_ checkEntry: (MixEntry) throws(WorkloadError) -> Void) throws(ScenarioError) {
        for cell in 0..<cellCount {
            let file = try scenarioFile(of: cell)
            do throws(WorkloadError) {
                try file.scenario.validate(vocabulary: vocabulary)
                for entry in file.scenario.mix.entries { try checkEntry(entry) }
            } catch {
                throw located(error, in: cell, file, checkEntry)
            }
        }
    }

    private func located(
        _ error: WorkloadError, in cell: Int, _ scenario: ScenarioFile,
        _ checkEntry: (MixEntry) throws(WorkloadError) -> Void
    ) -> ScenarioError {
        let line = scenario.located(error, checkingEntry: checkEntry)?.line ?? 1
        let values = zip(axisNames, labels(of: cell)).map { "\($0) \($1)" }.joined(separator: ", ")
        let problem = "\(error.problem) in cell \(cellID(cell)) (\(values))"
        return ScenarioError(file: file, line: line, problem: problem, allowed: error.allowed)
    }
}
