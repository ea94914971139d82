/// What a claim script is asked.
struct ClaimOrder: Hashable, Sendable {
    var nonce: UInt8
    var request: UInt8
    var slot: UInt8
    var wasWaiting: Bool

    /// The claim's name, as its maker knows it beforehand.
    var name: ClaimName { ClaimName(nonce: Int(nonce), request: Int(request)) }
}

/// What a claim script answers.
enum ClaimAnswer: Hashable, Sendable {
    case claimed(ClaimRecord)
    /// Nothing to claim; whether something is delayed.
    case nothing(isDelayed: Bool)
    /// Answered before, and gone since.
    case gone
}

/// What an enqueue script answers.
enum EnqueueReply: Hashable, Sendable {
    case accepted
    case gap(last: Int)
}

/// What a script did, and which properties it broke in doing so.
struct Ended: Hashable, Sendable {
    var tasks = TaskSet()
    var isHeld = false
    var broken: Properties = []
}

/// The scripts of one protocol: each is one atomic change of what the server keeps.
protocol ClaimScripts: Sendable {
    var kind: ProtocolKind { get }
    var rules: ClaimRules { get }
    var bounds: Bounds { get }
    /// A monitor reads which claims are expired, and takes them in a second step; otherwise both in one.
    var looksBeforeItTakes: Bool { get }

    /// Moves up to a claim's worth of tasks into a claim.
    func claim(_ order: ClaimOrder, in store: inout ClaimStore, _ history: inout ClaimHistory) -> ClaimAnswer
    /// Ends all that is left of a claim.
    func ack(_ hand: Hand, _ tasks: TaskSet, in store: inout ClaimStore) -> Ended
    /// Ends some tasks of a claim.
    func ackTasks(_ hand: Hand, _ tasks: TaskSet, in store: inout ClaimStore) -> Ended
    /// Gives back all that is left of a claim.
    func release(_ hand: Hand, in store: inout ClaimStore) -> Ended
    /// Takes a task that threw out of its claim.
    func fail(_ hand: Hand, _ task: Int, in store: inout ClaimStore) -> Ended
    /// Whether the claim is there, for confirm and renew.
    func held(_ hand: Hand, in store: ClaimStore) -> ClaimRecord?
    /// Takes expired claims back.
    func recover(_ names: Pair<ClaimName?>, in store: inout ClaimStore, _ history: ClaimHistory) -> Properties
}

// What both protocols do alike.
extension ClaimScripts {
    /// Appends a batch, once.
    func enqueue(_ tasks: ShortList, session: Int, number: Int, in store: inout ClaimStore) -> EnqueueReply {
        let last = store.producers[session]
        if number <= last { return .accepted }
        if rules.acceptsOnlyNextBatch, number > last + 1 { return .gap(last: last) }
        store.producers[session] = number
        for task in tasks { store.versions[task] += 1 }
        store.pending.append(contentsOf: tasks)
        store.isMarked = true
        return .accepted
    }

    /// Learns the epoch, and moves it when the data may have been rolled back.
    func handshake(_ run: UInt8, highest: UInt8, in store: inout ClaimStore, _ history: inout ClaimHistory) -> UInt8 {
        guard store.knownRun != run, rules.comparesReplicationID else { return store.epoch }
        var epoch = store.epoch + 1
        if rules.epochFollowsTime { epoch = max(epoch, history.epochs + 1) }
        if rules.epochFollowsClient { epoch = max(epoch, highest + 1) }
        store.epoch = epoch
        store.knownRun = run
        history.epochs = max(history.epochs, epoch)
        return epoch
    }

    /// A monitor's look: which claims are expired, two at most.
    func expired(in store: inout ClaimStore) -> Pair<ClaimName?> {
        if rules.monitorSetsLostMarker, store.isClaimable { store.isMarked = true }
        var names = Pair<ClaimName?>(nil, nil)
        var count = 0
        for claim in store.claims where claim.lease == .expired && count < 2 {
            names[count] = claim.name
            count += 1
        }
        return names
    }

    /// The list that a claim is taken from: retry and pending by turns.
    func takesRetry(_ store: inout ClaimStore) -> Bool {
        store.sequence += 1
        return !store.retry.isEmpty && (store.pending.isEmpty || store.sequence % 2 == 1)
    }

    /// How many tasks a claim takes of `list`: fewer, the more often one of them lost its worker.
    func share(of list: ShortList, isRetry: Bool, _ store: ClaimStore) -> Int {
        guard isRetry else { return bounds.claim }
        var (taken, allowed) = (0, bounds.claim)
        for task in list {
            let times = store.redeliveries[task]
            let shrunk = times >= bounds.mostRedeliveries - 1 ? 1 : max(1, bounds.claim >> (2 * times))
            allowed = min(allowed, shrunk)
            if taken > 0, taken >= allowed { break }
            taken += 1
        }
        return min(taken, bounds.claim)
    }

    /// Moves tasks into a new claim and leases it.
    func open(
        _ order: ClaimOrder, isRetry: Bool, in store: inout ClaimStore, _ history: inout ClaimHistory
    ) -> ClaimRecord {
        let source = isRetry ? store.retry : store.pending
        let share = share(of: source, isRetry: isRetry, store)
        let tasks = isRetry ? store.retry.takeFirst(share) : store.pending.takeFirst(share)
        history.claims += 1
        let record = ClaimRecord(
            name: name(order, history), token: ClaimToken(epoch: store.epoch, sequence: store.sequence),
            order: history.claims, tasks: tasks, isRetry: isRetry)
        store.put(record)
        store.records[Int(order.nonce)] = Int(order.request)
        let leavesTasks = !store.pending.isEmpty || !store.retry.isEmpty
        let handsOn = rules.handsWatchOn && order.wasWaiting && !store.delayed.isEmpty
        if rules.chainsMarkers && leavesTasks || handsOn { store.isMarked = true }
        return record
    }

    /// The name of a new claim. One that is named by its token is told from others by the true order, as a list by itself.
    func name(_ order: ClaimOrder, _ history: ClaimHistory) -> ClaimName {
        switch rules.naming {
        case .nonce: order.name
        case .token: ClaimName(nonce: 15, request: Int(history.claims))
        case .slot: ClaimName(nonce: Int(order.slot) + 1, request: 0)
        }
    }

    /// Counts the loss of a task's worker; true when it is a dead letter now.
    func countLoss(_ task: Int, _ claim: ClaimRecord, in store: inout ClaimStore) -> Bool {
        var times = 1
        if claim.isRetry {
            times = store.redeliveries[task] + (claim.isConfirmed || !rules.countsConfirmedOnly ? 1 : 0)
        }
        if times > bounds.mostRedeliveries {
            (store.redeliveries[task], store.failures[task]) = (0, 0)
            store.dead.insert(task)
            store.buried.insert(task)
            return true
        }
        store.redeliveries[task] = times
        return false
    }

    /// Delays a task that threw, or makes it a dead letter.
    func delayOrBury(_ task: Int, in store: inout ClaimStore) {
        store.failures[task] += 1
        if store.failures[task] > bounds.mostFailures {
            (store.redeliveries[task], store.failures[task]) = (0, 0)
            store.dead.insert(task)
        } else {
            store.delayed.insert(task)
            store.isMarked = true
        }
    }

    /// Takes single tasks out of a claim; the claim goes with its last task.
    func take(_ task: Int, outOf claim: inout ClaimRecord, in store: inout ClaimStore) -> Bool {
        guard claim.tasks.removeOne(task) else { return false }
        if claim.tasks.isEmpty { store.drop(claim.name) } else { store.put(claim) }
        return true
    }

    /// Ends a task, and forgets what was counted of it.
    func end(_ task: Int, in store: inout ClaimStore) {
        store.done.insert(task)
        (store.redeliveries[task], store.failures[task]) = (0, 0)
    }

    /// Which property is broken when a worker's word is taken for the claim that the server has: none for its own.
    func judge(_ hand: Hand, _ claim: ClaimRecord) -> Properties {
        claim.order == hand.order ? [] : .staleAccepted
    }
}
