/// What a run was told to do, as far as a summary repeats it.
package struct RunSetup: Sendable, Equatable {
    /// How the queue uses Redis.
    package var protocolName: String
    /// The durability asked for.
    package var durability: String
    /// How Redis was reached.
    package var transport: String
    /// The arrival process, as on the command line.
    package var arrival: String
    /// Worker processes at the start.
    package var workers: Int
    /// Concurrent executions of a worker.
    package var slots: Int
    /// Most tasks taken together.
    package var claim: Int
    /// Least length of a lease, as asked for.
    package var leaseSeconds: Double
    /// Seed of all that is random.
    package var seed: UInt64
    /// Tasks that the plan holds, sent or not.
    package var tasksPlanned: Int

    /// A set-up of the given values.
    package init(
        protocolName: String, durability: String, transport: String, arrival: String, workers: Int, slots: Int,
        claim: Int, leaseSeconds: Double, seed: UInt64, tasksPlanned: Int
    ) {
        self.protocolName = protocolName
        self.durability = durability
        self.transport = transport
        self.arrival = arrival
        self.workers = workers
        self.slots = slots
        self.claim = claim
        self.leaseSeconds = leaseSeconds
        self.seed = seed
        self.tasksPlanned = tasksPlanned
    }
}
