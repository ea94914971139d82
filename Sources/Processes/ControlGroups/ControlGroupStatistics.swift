/// What a control group's `cpu.stat` says: how much its processes ran, and how long they were held back.
///
/// The two generations of groups name and count differently; that is known here and nowhere else.
package struct ControlGroupStatistics: Sendable {
    private let numbers: [Substring: Int64]
    private let version: ControlGroupMap.Version

    /// Reads the text of `cpu.stat`. Lines that are not a name and a whole number are left out.
    package init(_ text: String, _ version: ControlGroupMap.Version) {
        let pairs = text.split(separator: "\n").compactMap { line -> (Substring, Int64)? in
            let words = line.split(separator: " ")
            guard words.count == 2, let number = Int64(words[1]) else { return nil }
            return (words[0], number)
        }
        numbers = Dictionary(pairs) { first, _ in first }
        self.version = version
    }

    /// The processor time of all that ran in the group; `nil` where another file says it, as in v1.
    package var usedTime: Duration? {
        version == .v2 ? numbers["usage_usec"].map { .microseconds($0) } : nil
    }

    /// How long the kernel has held the group back; `nil` where it has never been told to.
    package var throttledTime: Duration? {
        switch version {
        case .v1: numbers["throttled_time"].map { .nanoseconds($0) }
        case .v2: numbers["throttled_usec"].map { .microseconds($0) }
        }
    }
}
