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

    /// The instance that parts of it were on; `nil` without one.
    package var instance: Instance?
    /// How many bytes the queue was to carry for a task at least; `nil` for as many as it takes.
    package var payloadBytes: Int?
    /// How much longer everything took to Redis and back, in seconds; `nil` for no longer.
    package var roundTripSeconds: Double?
    /// How the Redis servers stood together; `nil` when that is not known.
    package var topology: String?
    /// How many replicas a master had to hear from to take writes; `nil` when that is not known.
    package var minReplicas: Int?

    /// A machine as small as an instance type.
    package struct Instance: Sendable, Equatable {
        /// The type.
        package var type: String
        /// False where nothing could be held back to what it has.
        package var isHeld: Bool
        /// Where its CPU credits began, as asked for; `nil` for a type without.
        package var credits: String?
        /// How many seconds of its credits are one that goes by.
        package var timeScale: Double?

        /// An instance of the given values.
        package init(type: String, isHeld: Bool, credits: String?, timeScale: Double?) {
            self.type = type
            self.isHeld = isHeld
            self.credits = credits
            self.timeScale = timeScale
        }
    }

    /// A set-up of the given values.
    package init(
        protocolName: String, durability: String, transport: String, arrival: String, workers: Int, slots: Int,
        claim: Int, leaseSeconds: Double, seed: UInt64, tasksPlanned: Int,
        instance: Instance? = nil, payloadBytes: Int? = nil, roundTripSeconds: Double? = nil,
        topology: String? = nil, minReplicas: Int? = nil
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
        self.payloadBytes = payloadBytes
        self.roundTripSeconds = roundTripSeconds
        self.topology = topology
        self.minReplicas = minReplicas
    }
}
