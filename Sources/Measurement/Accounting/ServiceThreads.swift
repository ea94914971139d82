import Foundation

/// The kernel's account of the threads of this process that nobody here has made: those of the libraries that serve all
/// tasks together, such as an event loop and Swift's cooperative pool.
///
/// Threads are told apart by name. The sums only grow: what a thread had used counts on after its end, but for what it
/// used since it was last looked at. Not safe for use from several threads at once.
package struct ServiceThreads {
    /// What they have used so far, in nanoseconds.
    package struct Sample: Sendable, Equatable {
        /// CPU time.
        package var cpu: UInt64
        /// Time ready to run without a core.
        package var runDelay: UInt64

        /// What was used between two samples; 0 where a thread's number was used again in between.
        package static func - (later: Sample, earlier: Sample) -> Sample {
            Sample(
                cpu: later.cpu - min(earlier.cpu, later.cpu),
                runDelay: later.runDelay - min(earlier.runDelay, later.runDelay))
        }
    }

    private let isOwn: (String) -> Bool
    private var known: [Int32: Sample] = [:]
    private var ignored: Set<Int32> = [getpid()]
    private var ended = Sample(cpu: 0, runDelay: 0)

    /// - Parameter isOwn: whether a thread of this name is one with an account of its own. The main thread always is.
    package init(isOwn: @escaping (_ name: String) -> Bool) { self.isOwn = isOwn }

    /// The account up to now; some 10 µs for each thread. A kernel without schedstat tells nothing: all zero.
    package mutating func sample() -> Sample {
        let threads = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []).compactMap(
            Int32.init)
        for (thread, sample) in known where !threads.contains(thread) {
            ended.cpu += sample.cpu
            ended.runDelay += sample.runDelay
            known[thread] = nil
        }
        for thread in threads where !ignored.contains(thread) { look(at: thread) }
        return known.values.reduce(into: ended) { sum, sample in
            sum.cpu += sample.cpu
            sum.runDelay += sample.runDelay
        }
    }

    private mutating func look(at thread: Int32) {
        let folder = "/proc/self/task/\(thread)"
        // A thread that has just ended has no files: it is found missing the next time.
        if known[thread] == nil {
            guard let name = try? FileDescriptor.text(of: folder + "/comm") else { return }
            if isOwn(name.trimmingCharacters(in: .newlines)) {
                ignored.insert(thread)
                return
            }
        }
        guard let line = try? FileDescriptor.text(of: folder + "/schedstat") else { return }
        let fields = line.split(separator: " ").compactMap { UInt64($0) }
        if fields.count >= 2 { known[thread] = Sample(cpu: fields[0], runDelay: fields[1]) }
    }
}
