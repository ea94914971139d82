/// What a run used of the machine. `nil`: Redis does not tell.
package struct RunCost: Sendable, Equatable {
    /// CPU time of the conducting process.
    package var conductorCPUSeconds: Double
    /// CPU time of the generators.
    package var generatorCPUSeconds: Double
    /// CPU time of all workers.
    package var workerCPUSeconds: Double
    /// CPU time of the sink; `nil` for a run without one of its own.
    package var sinkCPUSeconds: Double?
    /// CPU time of Redis, without that of processes that it forks to save.
    package var redisCPUSeconds: Double?
    /// Commands that Redis processed, each call within a script too, without the harness' own questions.
    package var redisCommands: UInt64?
    /// Bytes that Redis received, without the harness' own questions.
    package var redisBytesIn: UInt64?
    /// Bytes that Redis sent, without the answers to the harness.
    package var redisBytesOut: UInt64?
    /// Greatest sampled resident memory of Redis.
    package var redisPeakMemoryBytes: UInt64?
    /// Sum over the workers of each one's greatest sampled resident memory.
    package var workersPeakMemoryBytes: UInt64

    /// A cost of the given values.
    package init(
        conductorCPUSeconds: Double, generatorCPUSeconds: Double, workerCPUSeconds: Double,
        sinkCPUSeconds: Double? = nil, redisCPUSeconds: Double?, redisCommands: UInt64?, redisBytesIn: UInt64?,
        redisBytesOut: UInt64?,
        redisPeakMemoryBytes:
            UInt64?, workersPeakMemoryBytes: UInt64
    ) {
        self.conductorCPUSeconds = conductorCPUSeconds
        self.generatorCPUSeconds = generatorCPUSeconds
        self.workerCPUSeconds = workerCPUSeconds
        self.sinkCPUSeconds = sinkCPUSeconds
        self.redisCPUSeconds = redisCPUSeconds
        self.redisCommands = redisCommands
        self.redisBytesIn = redisBytesIn
        self.redisBytesOut = redisBytesOut
        self.redisPeakMemoryBytes = redisPeakMemoryBytes
        self.workersPeakMemoryBytes = workersPeakMemoryBytes
    }
}
