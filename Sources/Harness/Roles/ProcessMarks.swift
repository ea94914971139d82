import Glibc
import Measurement

/// The marks that a process leaves on disk when something happens to it: eight bytes each, the monotonic clock's
/// nanoseconds. So whoever conducts it knows, also when it dies at once.
package struct ProcessMarks: Sendable {
    /// What a mark is of.
    package enum Event: String, Sendable {
        /// Its probe acted.
        case fault
        /// A task was over its time limit.
        case overdue
    }

    private let path: String

    /// Those of one kind of the process of that name, in the folder of its journals.
    package init(_ event: Event, folder: String, process: String) {
        path = "\(folder)/\(process)\(Self.suffix(of: event))"
    }

    /// How the names of the files end.
    static func suffix(of event: Event) -> String { ".\(event.rawValue).marks" }

    /// Leaves a mark. (It must not fail silently: an experiment that does not know of a fault is void.)
    func leave() {
        do {
            let file = try FileDescriptor(opening: path, flags: O_WRONLY | O_CREAT | O_APPEND, mode: 0o644)
            let now = MonotonicClock.nanoseconds()
            try file.write((0..<8).map { UInt8(truncatingIfNeeded: now >> (8 * $0)) })
        } catch {
            fatalError("a mark cannot be left: \(error)")
        }
    }

    /// When the first was left; `nil` when none was.
    func first() throws -> UInt64? {
        guard unsafe access(path, F_OK) == 0 else { return nil }
        let bytes = try FileDescriptor(opening: path, flags: O_RDONLY).bytes(limit: 8)
        guard bytes.count == 8 else { return nil }
        return bytes.enumerated().reduce(0) { $0 | UInt64($1.element) << (8 * UInt64($1.offset)) }
    }

    /// How many were left in a folder, by all processes.
    static func count(of event: Event, in folder: RunFolder) throws -> Int {
        try folder.files(endingWith: suffix(of: event)).reduce(0) { sum, path in
            sum + (try FileDescriptor(opening: path, flags: O_RDONLY).size()) / 8
        }
    }
}
