/// A sample of all processes together, and what they used since the sample before it. `nil`: not known.
package struct MachineInterval: Sendable, Equatable {
    /// Tasks waiting in the queue.
    package var backlog: Int?
    /// Tasks claimed and not acked.
    package var inFlight: Int?
    /// CPU time of all workers since the sample before.
    package var workerCPUSeconds: Double?
    /// CPU time of Redis since the sample before.
    package var redisCPUSeconds: Double?
    /// Time since the sample before that the control group's CPU limit kept its processes from running.
    package var throttledSeconds: Double?
    /// CPU credits left; empty without a burstable instance.
    package var creditBalance: Double?
    /// Processors' worth of time that the instance has from then on; empty without a burstable instance.
    package var allowedProcessors: Double?
    /// How many seconds of its credits are one that goes by.
    package var timeScale: Double?
    /// Memory that Redis uses.
    package var redisMemoryBytes: UInt64?

    /// Figures of the given values.
    package init(
        backlog: Int?, inFlight: Int?, workerCPUSeconds: Double?, redisCPUSeconds: Double?,
        throttledSeconds:
            Double?, creditBalance: Double?, allowedProcessors: Double? = nil, timeScale: Double? = nil,
        redisMemoryBytes: UInt64?
    ) {
        self.backlog = backlog
        self.inFlight = inFlight
        self.workerCPUSeconds = workerCPUSeconds
        self.redisCPUSeconds = redisCPUSeconds
        self.throttledSeconds = throttledSeconds
        self.creditBalance = creditBalance
        self.allowedProcessors = allowedProcessors
        self.timeScale = timeScale
        self.redisMemoryBytes = redisMemoryBytes
    }
}
