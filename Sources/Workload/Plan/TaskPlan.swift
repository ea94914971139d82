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
    /// of tasks. A backlog is planned whole whatever its duration, which then is a limit of the run, not of the plan; so is
    /// a closed loop, which without a number of tasks never ends.
    ///
    /// - Parameters:
    ///   - trace: what the file of a trace says; `nil` for other arrival processes.
    ///   - part: the generator whose share of the tasks it is.
    package init(
        mix: TaskMix, arrival: ArrivalProcess, tasks: UInt64?, duration: Duration?, seed: UInt64,
        trace: ArrivalTrace? = nil, part: GeneratorPart = .whole
    ) throws(WorkloadError) {
        try Self.check(arrival: arrival, tasks: tasks, duration: duration)
        if case .trace = arrival, trace == nil {
            throw .missing(what: "what the trace says", allowed: "the file of the trace")
        }
        var seeds = SplitMix64(seed: seed)
        iterator = Iterator(
            mix: mix, limit: tasks ?? .max, random: RandomSource(seeds: &seeds),
            clock: ArrivalClock(arrival, duration: duration, trace: trace, random: RandomSource(seeds: &seeds)),
            trace: trace, part: part)
    }

    /// Starts from the first task.
    package func makeIterator() -> Iterator { iterator }

    /// Throws unless the limits suit the arrival process.
    static func check(arrival: ArrivalProcess, tasks: UInt64?, duration: Duration?) throws(WorkloadError) {
        try arrival.check()
        switch arrival {
        case .backlog where tasks == nil:
            throw .missing(what: "the number of tasks of a backlog", allowed: "tasks, such as 100000")
        case .constant, .poisson, .burst, .ramp, .steps, .closed:
            guard tasks != nil || duration != nil else {
                throw .missing(
                    what: "the length of the run", allowed: "tasks, such as 100000, or duration, such as 30s, or both")
            }
        case .backlog, .trace:
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
        private let trace: ArrivalTrace?
        private let part: GeneratorPart
        /// The next task's place among those of all generators, and among this one's.
        private var (place, sequence): (UInt64, UInt64) = (0, 0)
        private var random: RandomSource
        private var clock: ArrivalClock

        fileprivate init(
            mix: TaskMix, limit: UInt64, random: RandomSource, clock: ArrivalClock, trace: ArrivalTrace?,
            part: GeneratorPart
        ) {
            sources = mix.entries.map { entry in
                Source(
                    kind: entry.kind, parameters: ParameterSampler(entry.distribution, for: entry.kind),
                    expectedMicroseconds: entry.expectedMicroseconds)
            }
            choice = AliasTable(weights: mix.entries.map(\.weight))
            self.limit = limit
            self.random = random
            self.clock = clock
            self.trace = trace
            self.part = part
        }

        /// The next task; nil for good after the last one.
        package mutating func next() -> PlannedTask? {
            while place < limit, let offset = clock.next() {
                defer { place += 1 }
                let task = task(at: offset)
                guard part.owns(place) else { continue }
                defer { sequence += 1 }
                return task
            }
            return nil
        }

        private mutating func task(at offset: UInt64) -> PlannedTask {
            let given = trace.map { $0.entries[Int(place)] }
            let index = given?.mixEntry ?? choice.sample(using: &random)
            let source = sources[index]
            return PlannedTask(
                sequence: sequence, kind: source.kind,
                parameter: given?.parameter ?? source.parameters.sample(using: &random),
                expectedMicroseconds: given?.expectedMicroseconds ?? source.expectedMicroseconds,
                offsetNanoseconds: offset)
        }
    }
}
