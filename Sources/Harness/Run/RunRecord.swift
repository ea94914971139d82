import Foundation
import Measurement
import Redis
package import ReliableQueue
import Workload

/// Everything that was seen of a run besides its journals.
package struct RunRecord {
    /// When it began and ended, by the calendar.
    var began = Date()
    var ended = Date()
    /// CPU time that this process had used by then: it may have conducted other runs before.
    var ownCPUSecondsAtStart = (try? ProcessSample.current().cpuSeconds) ?? 0
    /// True when a signal ended it.
    var wasInterrupted = false
    /// What went wrong, when something did.
    var failure: HarnessError?
    /// The server as it was when the run began, and its settings.
    var server: RedisServerInfo
    var serverSettings: RedisServerSettings
    var transport: String
    /// How the servers stood together.
    var topology: Topology
    /// INFO when the run began and when it ended; the end is missing when the server was gone by then.
    var infoAtStart: RedisServerInfo
    var infoAtEnd: RedisServerInfo?
    /// What this process itself asked of the server meanwhile.
    var ownTraffic = RedisTraffic()
    /// Once a second.
    var samples: [RunSample] = []
    /// Once a second and process.
    var readings: [ProcessReading] = []
    var peakRedisMemoryBytes: UInt64 = 0
    /// The workers.
    var workerDeaths = 0
    var workerRestarts = 0
    var overTimeLimit = 0
    var workerCPUSeconds = 0.0
    var peakMemoryOfWorkersBytes: UInt64 = 0
    var generatorCPUSeconds = 0.0
    /// What the run's own sink wrote; `nil` for a run without one.
    var sink: SinkFiles?
    var sinkCPUSeconds = 0.0
    /// The small machine that parts of the run were on, and its credits; `nil` for a run without one.
    var instance: InstanceRecord?
    /// The parts of a run on several hosts; `nil` for a run on one.
    var gathered: GatheredRecord?
    /// The faults that were injected; `nil` for a run without any.
    var faults: [FaultEvent]?
    /// What was left in the queue; `nil` when it could not be asked.
    var leftovers: [Leftover]?

    /// One task that is still in Redis.
    package struct Leftover: Equatable {
        var place: TaskPlace
        /// `nil` for an element that is no task.
        var task: TaskID?

        /// An element that lies in `place`; `task` is `nil` when it is no task.
        package init(place: TaskPlace, task: TaskID?) {
            self.place = place
            self.task = task
        }
    }
}

// MARK: The end of a run

extension RunRecord {
    /// Lists what is left in the queue, and takes the last INFO.
    mutating func takeLast(of queue: QueueShards) {
        do throws(QueueError) {
            var leftovers: [Leftover] = []
            try queue.visitTasks { place, task in leftovers.append(.init(place: place, task: task)) }
            self.leftovers = leftovers
            infoAtEnd = try queue.serverInfo()
        } catch {
            failure = failure ?? .queue(error)
        }
    }

    /// Removes the queue from its servers.
    mutating func remove(_ queue: QueueShards) {
        do throws(QueueError) { try queue.destroy() } catch { failure = failure ?? .queue(error) }
    }

    /// The run is over: these are its samples.
    mutating func end(_ sampler: RunSampler, _ signals: TerminationSignals) {
        ended = Date()
        wasInterrupted = signals.wasInterrupted
        (samples, readings) = (sampler.samples, sampler.readings)
        peakRedisMemoryBytes = sampler.peakRedisMemoryBytes
    }
}
