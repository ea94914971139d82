import Synchronization

/// The tasks that a worker has claimed and not settled: how many more it may claim, and which have ended.
///
/// The claimer asks it for room, whatever runs tasks reports their ends, and the settler fetches those. A task that has
/// ended makes room before it is acked. Tasks are claimed ahead of the slots: as many as fill a claim's quantum, and where
/// there are many slots at least as many as those, so that a slot that becomes free has its next task at once, and
/// a claim brings many; acks are gathered likewise. (With half as many, a message of no delay cost 10 µs more.)
final class InFlight: Sendable {
    /// One task that has ended; its outcome is `nil` when it never began.
    struct Ending {
        let claim: OpenClaim
        let index: Int
        let outcome: TaskOutcome?
    }

    private struct State {
        /// Tasks that are claimed and have not ended.
        var held = 0
        /// Of those, tasks that have a slot.
        var begun = 0
        /// The others, in the order in which they were claimed: what begins each.
        var ready = WorkLine<@Sendable () -> Void>()
        /// Tasks that are claimed and not settled.
        var unsettled = 0
        var endings: [Ending] = []
        var openClaims = 0
        var isClosed = false
        var sizer: ClaimSizer
    }

    /// From so many slots on there are many.
    static let manySlots = 8

    /// For the claimer: there is room.
    let thereIsRoom = WakeUp()
    /// For the settler: a task has ended.
    let tasksHaveEnded = WakeUp()
    /// For the settler: so many tasks have ended that it need not wait for more.
    let manyHaveEnded = WakeUp()
    private let slots: Int
    private let computeThreads: Int
    private let state: Mutex<State>

    init(slots: Int, computeThreads: Int, sizer: ClaimSizer) {
        self.slots = slots
        self.computeThreads = computeThreads
        state = Mutex(State(sizer: sizer))
    }

    /// How many tasks to claim ahead of the slots.
    private func ahead(_ state: borrowing State) -> Int {
        max(slots < Self.manySlots ? 0 : slots, state.sizer.tasksPerQuantum - 1)
    }

    /// For how many tasks there is room, and whether that is worth a claim.
    private func room(_ state: borrowing State) -> (tasks: Int, isWorthwhile: Bool) {
        let ahead = ahead(state)
        let room = slots + ahead - state.held
        return (room, room >= max(1, ahead / 2))
    }

    // MARK: For the claimer

    /// For how many tasks there is room, if that is worth a claim; 0 if not, and while acks are far behind.
    var room: Int {
        state.withLock { state in
            let (room, isWorthwhile) = room(state)
            return isWorthwhile && state.unsettled < state.held + TaskBatch.largest ? room : 0
        }
    }

    /// What to ask for when there is so much room.
    func request(for room: Int) -> ClaimRequest {
        var request = state.withLock { $0.sizer.request() }
        request.limit = max(1, min(request.limit, room))
        return request
    }

    /// Takes a claim in, and begins as many of its tasks as slots are free; the others begin as slots become free.
    ///
    /// - Parameter begin: for each task, what begins it.
    func open(_ claim: OpenClaim, _ begin: [@Sendable () -> Void]) {
        let next = state.withLock { state in
            state.held += claim.outstanding
            state.unsettled += claim.outstanding
            state.openClaims += 1
            state.ready.append(begin)
            return takeReady(&state)
        }
        for begin in next { begin() }
    }

    /// What may begin now.
    private func takeReady(_ state: inout State) -> [@Sendable () -> Void] {
        var next: [@Sendable () -> Void] = []
        while state.begun < slots, let begin = state.ready.takeFirst() {
            state.begun += 1
            next.append(begin)
        }
        return next
    }

    /// No further claim will come.
    func close() {
        state.withLock { $0.isClosed = true }
        tasksHaveEnded.give()
    }

    // MARK: For what runs tasks

    /// Reports that a task has ended, after so many nanoseconds of its own, and begins the next.
    func end(_ item: WorkItem, _ outcome: TaskOutcome?, took nanoseconds: UInt64 = 0) {
        if case .superseded? = outcome { item.claim.lease.doubt() }
        let (hasRoom, haveManyEnded, next) = state.withLock { state in
            state.held -= 1
            state.begun -= 1
            state.endings.append(Ending(claim: item.claim, index: item.index, outcome: outcome))
            if outcome != nil, let kind = item.kind {
                // Tasks that run side by side fill a quantum together.
                let beside = item.isComputing ? computeThreads : slots
                state.sizer.taskTook(nanoseconds / UInt64(beside), kind: kind.index, name: kind.name)
            }
            return (room(state).isWorthwhile, state.endings.count >= max(1, slots / 2), takeReady(&state))
        }
        for begin in next { begin() }
        if hasRoom { thereIsRoom.give() }
        tasksHaveEnded.give()
        if haveManyEnded { manyHaveEnded.give() }
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
        // The claimer may have been waiting for acks to catch up.
        thereIsRoom.give()
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
    /// The task's identity; `nil` when it is no task.
    let id: TaskID?
}
