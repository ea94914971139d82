/// What a set-up is to carry.
package struct PlannedLoad: Sendable {
    /// Tasks a second.
    package var rate = 1_000.0
    /// Tasks that wait at most.
    package var backlog = 0
    /// Bytes of each payload.
    package var payload = 16
    /// Tasks of each claim and of each batch.
    package var claim = 64
    /// Processor time of a task by itself, in seconds.
    package var taskCPU = 0.0
    /// Time that a task waits for others, in seconds.
    package var taskWait = 0.0
    /// How long it takes to Redis and back, in seconds.
    package var roundTrip = 0.0005
    /// How many replicas each server has.
    package var replicas = 0
    /// How much of a processor is to be used, and of a slot's time.
    package var utilisation = 0.7
    /// How many times as fast a processor is as the one that the model was measured on.
    package var speed = 1.0
    /// How much of a server's memory may hold tasks: a fork that rewrites a file, clients and replicas need the rest.
    package var memoryShare = 0.5

    /// A load of the usual values.
    package init() {}
}
