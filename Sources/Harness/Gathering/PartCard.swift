import Foundation
import Measurement
import Processes
import Redis
import Reporting

/// All that a part says of itself to the run that it joins, anew about every second.
struct PartCard: Codable, Equatable, Sendable {
    /// How far it is.
    enum Stage: Int, Codable, Comparable, Sendable {
        /// It asks to be taken.
        case joining
        /// It has read the scenario and its clock has been measured: it can begin at once.
        case ready
        /// It works.
        case working
        /// It has done all it had to do, or was told to stop; its journals are closed.
        case stopped
        /// They are all handed in.
        case handedIn

        static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
    }

    /// What it is for.
    let role: PartRole
    /// Random: tells it from another of the same name.
    let nonce: UInt64
    /// The machine and the program.
    let origin: PartOrigin
    /// Grows with each card: one that stands still is of a part that vanished.
    var beat = 0
    var stage = Stage.joining
    /// Where a sink is, once it listens.
    var address: String?
    /// Redis' clock beside its own.
    var clock: ClockEstimate?
    var use = PartUse()
    /// How many journals a worker writes, once it was told to begin.
    var journals = 0
    /// Tasks that it has sent, or attempts that it has begun.
    var tasks = 0
    /// What went wrong with it.
    var problem: String?
    /// What it hands in, once it has stopped.
    var files: [PartFile]?
}

/// Where a part runs, and what program it is.
struct PartOrigin: Codable, Equatable, Sendable {
    let host: HostFacts
    let versions: [String: String]
    let programSHA256: String
    /// Its monotonic clock; `nil` where the kernel does not say.
    let clock: ClockIdentity?

    /// This process.
    static func current() throws(HarnessError) -> PartOrigin {
        do {
            return PartOrigin(
                host: try HostFacts.collect(), versions: Versions.all,
                programSHA256: try SHA256Text.ofFile(ExecutableSearch.current), clock: ClockIdentity.current())
        } catch {
            throw HarnessError(error)
        }
    }
}

/// What a part uses of its machine, and what it has said to the meeting place, which is no part of the queue's traffic.
struct PartUse: Codable, Equatable, Sendable {
    var cpuSeconds = 0.0
    var peakMemoryBytes: UInt64 = 0
    var memoryBytes: UInt64 = 0
    var fileDescriptors = 0
    var threads = 0
    var commands = 0
    var bytesOut = 0
    var bytesIn = 0

    /// Nothing so far.
    init() {}

    /// This process' own. What the kernel does not say is 0.
    ///
    /// - Parameter traffic: what has passed over its connections to the meeting place.
    static func current(_ traffic: RedisTraffic) -> PartUse {
        var use = PartUse()
        if let sample = try? ProcessSample.current() {
            (use.cpuSeconds, use.peakMemoryBytes) = (sample.cpuSeconds, sample.peakMemoryBytes)
        }
        if let footprint = try? ProcessFootprint.of(process: getpid()) {
            (use.memoryBytes, use.fileDescriptors) = (footprint.memoryBytes, footprint.fileDescriptors)
            use.threads = footprint.threads
        }
        (use.commands, use.bytesOut, use.bytesIn) = (traffic.commands, traffic.bytesOut, traffic.bytesIn)
        return use
    }

    /// What it holds at present.
    var footprint: ProcessFootprint {
        ProcessFootprint(memoryBytes: memoryBytes, fileDescriptors: fileDescriptors, threads: threads)
    }
}
