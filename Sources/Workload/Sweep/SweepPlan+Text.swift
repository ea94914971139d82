extension SweepPlan {
    /// Everything that decides what the plan's runs are, in one form whatever the file looks like: comments, blanks,
    /// defaults spelled out, and the descriptions make no difference. For telling whether two plans are the same.
    ///
    /// Throws what Yams throws when it cannot write.
    package func canonicalText() throws -> String {
        var common = base.scenario
        common.description = ""
        let head = "name: \(name.debugDescription)\nrepetitions: \(repetitions)\nseed: \(seed)\n"
        let until = stopRule.map { "until: \($0.text)\n" } ?? ""
        let left = exclusions.map { "exclude: \($0.text.debugDescription)\n" }.joined()
        return try head + until + common.yaml() + axes.flatMap(\.lines).joined() + left
    }
}

extension SweepAxis {
    /// A line a point, in one form.
    fileprivate var lines: [String] {
        points.map { point in
            zip(names, point).map { "\($0): \($1.label.debugDescription) \($1.text.debugDescription)" }
                .joined(separator: " with ") + "\n"
        }
    }
}
