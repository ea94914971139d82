import Synchronization

/// The tasks that a worker has claimed and not settled: how many more may begin, and which have ended.
///
/// The claimer takes free slots from it, whatever runs tasks reports their ends, and the settler fetches those. A slot
/// is free as soon as its task has ended, before the ack.
final class InFlight: Sendable {
    /// One task that has ended; its outcome is `nil` when it never began.
    struct Ending {
        let claim: OpenClaim
        let index: Int
        let outcome: TaskOutcome?
    }

    private struct State {
        var free: Int
        /// Tasks that are claimed and not settled.
        var unsettled = 0
        var endings: [Ending] = []
        var openClaims = 0
        var isClosed = false
        var sizer: ClaimSizer
    }

    /// For the claimer: slots are free.
    let slotsAreFree = WakeUp()
    /// For the settler: tasks have ended.
    let tasksHaveEnded = WakeUp()
    private let slots: Int
    private let computeThreads: Int
    private let state: Mutex<State>

    init(slots: Int, computeThreads: Int, sizer: ClaimSizer) {
        self.slots = slots
        self.computeThreads = computeThreads
        state = Mutex(State(free: slots, sizer: sizer))
    }

    // MARK: For the claimer

    /// How many slots are free; none while more is unsettled than acks can be behind.
    var free: Int {
        state.withLock { state in state.unsettled >= 2 * slots + TaskBatch.largest ? 0 : state.free }
    }

    /// What to ask for when so many slots are free.
    func request(for free: Int) -> ClaimRequest {
        var request = state.withLock { $0.sizer.request() }
        request.limit = max(1, min(request.limit, free))
        return request
    }

    /// Takes a claim in; its tasks may begin from here on.
    func open(_ claim: OpenClaim) {
        state.withLock { state in
            state.free -= claim.outstanding
            state.unsettled += claim.outstanding
            state.openClaims += 1
        }
    }

    /// No further claim will come.
    func close() {
        state.withLock { $0.isClosed = true }
        tasksHaveEnded.give()
    }

    // MARK: For what runs tasks

    /// Reports that a task has ended, after so many nanoseconds of its own.
    func end(_ item: WorkItem, _ outcome: TaskOutcome?, took nanoseconds: UInt64 = 0) {
        state.withLock { state in
            state.free += 1
            state.endings.append(Ending(claim: item.claim, index: item.index, outcome: outcome))
            if outcome != nil, let kind = item.kind {
                // Tasks that run side by side fill a quantum together.
                let beside = item.isComputing ? computeThreads : slots
                state.sizer.taskTook(nanoseconds / UInt64(beside), kind: kind.index, name: kind.name)
            }
        }
        slotsAreFree.give()
        tasksHaveEnded.give()
    }

    // MARK: For the settler

    /// What has ended since the last time.
    func takeEndings() -> [Ending] {
        state.withLock { state in
            defer { state.endings.removeAll(keepingCapacity: true) }
            return state.endings
        }
    }

    /// So many tasks are settled.
    func settled(_ tasks: Int) {
        state.withLock { $0.unsettled -= tasks }
    }

    /// Lets a claim go that has nothing left to settle.
    func remove(_ claim: OpenClaim) {
        state.withLock { state in
            state.openClaims -= 1
            state.sizer.claimEnded(size: claim.claim.count)
        }
    }

    /// True once nothing is left and nothing will come.
    var isOver: Bool {
        state.withLock { $0.isClosed && $0.openClaims == 0 && $0.endings.isEmpty }
    }
}

/// A task that is about to run.
struct WorkItem: Sendable {
    let claim: OpenClaim
    let index: Int
    /// The place and the name of its kind; `nil` when it is no task.
    let kind: (index: Int, name: String)?
    let isComputing: Bool
}
