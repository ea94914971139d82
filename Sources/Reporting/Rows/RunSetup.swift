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

    /// The instance type that parts of it were confined to, where its credits began, and how many of their seconds are one that
    /// goes by; `nil` without one.
    package var instance: (type: String, credits: String, timeScale: Double)? {
        get { confinement.map { ($0.type, $0.credits, $0.timeScale) } }
        set { confinement = newValue.map { Confinement(type: $0.type, credits: $0.credits, timeScale: $0.timeScale) } }
    }

    private struct Confinement: Sendable, Equatable {
        let type: String
        let credits: String
        let timeScale: Double
    }

    private var confinement: Confinement?

    /// A set-up of the given values.
    package init(
        protocolName: String, durability: String, transport: String, arrival: String, workers: Int, slots: Int,
        claim: Int, leaseSeconds: Double, seed: UInt64, tasksPlanned: Int,
        instance: (type: String, credits: String, timeScale: Double)? = nil
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
        self.instance = instance
    }
}
