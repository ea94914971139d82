extension TaskMix {
    /// The mix with that n in each entry that computes a Fibonacci number; `nil` when there is none.
    func replacingN(_ n: Distribution) throws(WorkloadError) -> TaskMix? {
        guard entries.contains(where: { $0.kind.isFibonacci }) else { return nil }
        var replaced: [MixEntry] = []
        for entry in entries {
            replaced.append(
                entry.kind.isFibonacci
                    ? try MixEntry(
                        kind: entry.kind, distribution: n, weight: entry.weight, expected: entry.expected) : entry)
        }
        return try TaskMix(entries: replaced)
    }
}
