extension SweepPlan {
    /// Everything that decides what the plan's runs are, in one form whatever the file looks like: comments, blanks,
    /// defaults spelled out, and the descriptions make no difference. For telling whether two plans are the same.
    ///
    /// Throws what Yams throws when it cannot write.
    package func canonicalText() throws -> String {
        var common = base.scenario
        common.description = ""
        let head = "name: \(name.debugDescription)\nrepetitions: \(repetitions)\nseed: \(seed)\n"
        let lines = axes.flatMap { axis in
            axis.values.map {
                "\(axis.key.rawValue): \($0.label.debugDescription) \($0.text.debugDescription)\n"
            }
        }
        return try head + common.yaml() + lines.joined()
    }
}
