import Foundation
package import Measurement
import Processes
import Redis
package import Reporting

/// All that a part says of itself to the run that it joins, anew about every second.
package struct PartCard: Codable, Equatable, Sendable {
    /// How far it is.
    package enum Stage: Int, Codable, Comparable, Sendable {
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

        package static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
    }

    /// What it is for.
    package let role: PartRole
    /// Random: tells it from another of the same name.
    package let nonce: UInt64
    /// The machine and the program.
    package let origin: PartOrigin
    /// Grows with each card: one that stands still is of a part that vanished.
    package var beat = 0
    /// How far it is.
    package var stage = Stage.joining
    /// Where a sink is, once it listens.
    package var address: String?
    /// Redis' clock beside its own.
    package var clock: ClockEstimate?
    /// What it uses of its machine.
    package var use = PartUse()
    /// How many journals a worker writes, once it was told to begin.
    package var journals = 0
    /// Tasks that it has sent, or attempts that it has begun.
    package var tasks = 0
    /// What went wrong with it.
    package var problem: String?
    /// What it hands in, once it has stopped.
    package var files: [PartFile]?

    /// That of a part which asks to be taken.
    package init(role: PartRole, nonce: UInt64, origin: PartOrigin) {
        (self.role, self.nonce, self.origin) = (role, nonce, origin)
    }
}

/// Where a part runs, and what program it is.
package struct PartOrigin: Codable, Equatable, Sendable {
    /// The machine.
    package let host: HostFacts
    /// Versions of what the program is made of, by name.
    package let versions: [String: String]
    /// The program's sum.
    package let programSHA256: String
    /// Its monotonic clock; `nil` where the kernel does not say.
    package let clock: ClockIdentity?

    /// An origin of the given values.
    package init(host: HostFacts, versions: [String: String], programSHA256: String, clock: ClockIdentity?) {
        (self.host, self.versions, self.programSHA256, self.clock) = (host, versions, programSHA256, clock)
    }

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
package struct PartUse: Codable, Equatable, Sendable {
    /// CPU time of the process so far.
    package var cpuSeconds = 0.0
    /// The most memory that it has had.
    package var peakMemoryBytes: UInt64 = 0
    /// Resident memory.
    package var memoryBytes: UInt64 = 0
    /// Open file descriptors.
    package var fileDescriptors = 0
    /// Threads.
    package var threads = 0
    /// Commands to the meeting place so far.
    package var commands = 0
    /// Bytes of them.
    package var bytesOut = 0
    /// Bytes of its answers.
    package var bytesIn = 0

    /// Nothing so far.
    package init() {}

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
