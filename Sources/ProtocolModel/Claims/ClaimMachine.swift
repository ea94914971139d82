/// The world around a queue with claims: producer, workers, monitors, sink, time and a server that may fall back.
///
/// What a client does with a reply is part of the step in which the server carries the command out, since nobody else can
/// see that; a reply that does not come is another step.
struct ClaimMachine<Scripts: ClaimScripts>: ProtocolMachine {
    typealias State = ClaimState
    typealias Visit = (Transition<ClaimState>) -> Void

    let scripts: Scripts
    var rules: ClaimRules { scripts.rules }
    var bounds: Bounds { scripts.bounds }
    var kind: ProtocolKind { scripts.kind }

    var initial: ClaimState {
        var store = ClaimStore()
        var state = ClaimState(store: store, saved: store, budget: Budget(bounds))
        if bounds.isFilled {
            _ = scripts.enqueue(ShortList(first: bounds.tasks), session: 0, number: 1, in: &store)
            state.history.acknowledged = TaskSet(first: bounds.tasks)
            (state.producer.isFinished, state.producer.isForgotten) = (true, true)
            (state.store, state.saved) = (store, store)
        }
        for index in 0..<bounds.workers { start(index, in: &state) }
        for index in 0..<bounds.monitors { state.monitors[index].phase = .looking }
        return state
    }

    func visitSteps(from state: ClaimState, _ visit: Visit) {
        let emit: Visit = { visit(settled($0)) }
        visitProducer(state, emit)
        for index in 0..<bounds.workers { visitWorker(index, state, emit) }
        for index in 0..<bounds.monitors { visitMonitor(index, state, emit) }
        visitClock(state, emit)
        visitServer(state, emit)
        visitNetwork(state, emit)
    }

    /// Once the marker is set, nobody needs to be forgiven for having lost it.
    private func settled(_ transition: Transition<ClaimState>) -> Transition<ClaimState> {
        guard transition.state.store.isMarked, transition.state.history.isMarkerLost else { return transition }
        var state = transition.state
        state.history.isMarkerLost = false
        return Transition(transition.step, state, breaking: transition.broken)
    }

    /// A new process takes a worker's place.
    func start(_ index: Int, in state: inout ClaimState) {
        state.history.starts += 1
        var worker = WorkerState()
        worker.phase = rules.blocksOnMarker ? .claiming : .registering
        worker.nonce = state.history.starts
        worker.isConnected = isGreeted(state)
        state.workers[index] = worker
    }

    /// Whether a handshake would change nothing, or is not made: then a new process is spared it.
    func isGreeted(_ state: ClaimState) -> Bool { !rules.handshakesFirst || state.store.knownRun == state.run }

    /// The tasks of a batch.
    func tasks(of batch: Int) -> ShortList {
        var tasks = ShortList()
        for task in batch * bounds.batchSize..<min(bounds.tasks, (batch + 1) * bounds.batchSize) { tasks.append(task) }
        return tasks
    }

    /// How many batches there are.
    var batches: Int { (bounds.tasks + bounds.batchSize - 1) / bounds.batchSize }

    /// How a client without a connection makes one; returns the highest epoch that it has seen then.
    ///
    /// Where epochs follow the time that makes no difference, so it is not kept.
    func handshake(_ highest: UInt8, _ state: inout ClaimState) -> UInt8 {
        let epoch = scripts.handshake(state.run, highest: highest, in: &state.store, &state.history)
        return rules.epochFollowsTime ? highest : max(highest, epoch)
    }
}
