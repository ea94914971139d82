/// What a process can be for in a run that gathers its parts from several hosts.
package enum PartRole: String, Codable, CaseIterable, CodingKeyRepresentable, Sendable {
    /// Takes the messages that workers place.
    case sink
    /// Claims and runs tasks.
    case worker
    /// Takes back what vanished workers hold.
    case monitor
    /// Sends tasks.
    case load

    /// As many of them, in words: `2 workers`.
    func counted(_ count: Int) -> String {
        switch self {
        case .load: "\(count) \(title)\(count == 1 ? "" : "s") (fibq load)"
        case .sink, .worker, .monitor: "\(count) \(title)\(count == 1 ? "" : "s")"
        }
    }

    /// What such a process is called.
    var title: String { self == .load ? "generator" : rawValue }

    /// True for one that writes down what the run's tables are made of.
    var keepsJournals: Bool { self != .monitor }
}
