/// The tasks of a run in order, generated as they are asked for.
///
/// The same arguments give the same tasks on every machine. The kinds and parameters depend on the mix and the seed
/// only, so runs under different arrival processes carry the same work. Set-up is linear in the mix and in the range
/// of its Zipf distributions; each task then takes constant time and allocates nothing.
package struct TaskPlan: Sequence, Sendable {
    private let iterator: Iterator

    /// A plan that ends at the first limit reached: after `tasks` tasks, or before the first one whose intended time is
    /// `duration` or later.
    ///
    /// Throws if an open-loop arrival process has neither limit or a rate out of range, or if a backlog has no number
    /// of tasks. A backlog is planned whole whatever its duration, which then is a limit of the run, not of the plan.
    package init(
        mix: TaskMix, arrival: ArrivalProcess, tasks: UInt64?, duration: Duration?, seed: UInt64
    ) throws(WorkloadError) {
        try Self.check(arrival: arrival, tasks: tasks, duration: duration)
        var seeds = SplitMix64(seed: seed)
        iterator = Iterator(
            mix: mix, limit: tasks ?? .max, random: RandomSource(seeds: &seeds),
            clock: ArrivalClock(arrival, duration: duration, random: RandomSource(seeds: &seeds)))
    }

    /// Starts from the first task.
    package func makeIterator() -> Iterator { iterator }

    /// Throws unless the limits suit the arrival process.
    static func check(arrival: ArrivalProcess, tasks: UInt64?, duration: Duration?) throws(WorkloadError) {
        try arrival.check()
        switch arrival {
        case .backlog where tasks == nil:
            throw .missing(what: "the number of tasks of a backlog", allowed: "tasks, such as 100000")
        case .constant, .poisson, .burst, .ramp, .steps:
            guard tasks != nil || duration != nil else {
                throw .missing(
                    what: "the length of the run", allowed: "tasks, such as 100000, or duration, such as 30s, or both")
            }
        case .backlog:
            break
        }
    }

    /// The generator of a plan's tasks.
    package struct Iterator: IteratorProtocol, Sendable {
        private struct Source {
            let kind: TaskKind
            let parameters: ParameterSampler
            let expectedMicroseconds: UInt32
        }

        private let sources: [Source]
        private let choice: AliasTable
        private let limit: UInt64
        private var sequence: UInt64 = 0
        private var random: RandomSource
        private var clock: ArrivalClock

        fileprivate init(mix: TaskMix, limit: UInt64, random: RandomSource, clock: ArrivalClock) {
            sources = mix.entries.map { entry in
                Source(
                    kind: entry.kind, parameters: ParameterSampler(entry.distribution, for: entry.kind),
                    expectedMicroseconds: entry.expectedMicroseconds)
            }
            choice = AliasTable(weights: mix.entries.map(\.weight))
            self.limit = limit
            self.random = random
            self.clock = clock
        }

        /// The next task; nil for good after the last one.
        package mutating func next() -> PlannedTask? {
            guard sequence < limit, let offset = clock.next() else { return nil }
            defer { sequence += 1 }
            let source = sources[choice.sample(using: &random)]
            return PlannedTask(
                sequence: sequence, kind: source.kind, parameter: source.parameters.sample(using: &random),
                expectedMicroseconds: source.expectedMicroseconds, offsetNanoseconds: offset)
        }
    }
}
