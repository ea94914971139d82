extension SweepPlan {
    /// Throws unless the fields of every cell suit each other, and each has what the caller demands.
    ///
    /// - Parameters:
    ///   - checkEntry: what the caller demands of an entry of a mix.
    ///   - checkInstance: what it demands of a scenario that names an instance.
    package func check(
        _ checkEntry: (MixEntry) throws(WorkloadError) -> Void,
        instance checkInstance: (Scenario) throws(WorkloadError) -> Void = { _ in }
    ) throws(ScenarioError) {
        for cell in 0..<cellCount {
            let file = try scenarioFile(of: cell)
            do throws(WorkloadError) {
                try file.scenario.validate(vocabulary: vocabulary)
                for entry in file.scenario.mix.entries { try checkEntry(entry) }
            } catch {
                let line = file.located(error, checkingEntry: checkEntry)?.line ?? 1
                throw located(error, in: cell, line)
            }
            guard file.scenario.instance != nil else { continue }
            do { try checkInstance(file.scenario) } catch {
                throw located(error, in: cell, file.line(of: .instance) ?? 1)
            }
        }
    }

    private func located(_ error: WorkloadError, in cell: Int, _ line: Int) -> ScenarioError {
        naming(cell, in: ScenarioError(file: file, line: line, problem: error.problem, allowed: error.allowed))
    }
}
