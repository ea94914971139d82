// Hashing is half of a search's time, and a hasher takes a byte as long as a word: so small fields are put into words. Fields
// that hardly tell two states apart are left to the comparison.

extension ClaimRecord {
    func hash(into hasher: inout Hasher) {
        let places = UInt64(name.raw) | UInt64(order) << 8 | UInt64(lease.rawValue) << 16
        let flags = UInt64(isRetry ? 1 : 0) << 18 | UInt64(isConfirmed ? 1 : 0) << 19
        let token = UInt64(token.epoch) << 20 | UInt64(token.sequence) << 26
        hasher.combine(places | flags | token | UInt64(tasks.bits) << 32)
    }
}

extension ClaimStore {
    func hash(into hasher: inout Hasher) {
        hasher.combine(UInt64(pending.bits) | UInt64(retry.bits) << 32)
        let sets = UInt64(delayed.bits) | UInt64(due.bits) << 8 | UInt64(dead.bits) << 16 | UInt64(done.bits) << 24
        let counters = UInt64(epoch) << 32 | UInt64(sequence) << 40 | UInt64(knownRun) << 48
        hasher.combine(sets | counters | UInt64(isMarked ? 1 : 0) << 63)
        for claim in claims { hasher.combine(claim) }
        hasher.combine(UInt64(records.bits) | UInt64(producers.bits) << 32)
        hasher.combine(UInt64(redeliveries.bits) | UInt64(failures.bits) << 32)
    }
}

extension WorkerState {
    func hash(into hasher: inout Hasher) {
        var word = UInt64(phase.rawValue) | UInt64(nonce) << 8 | UInt64(request) << 16 | UInt64(position) << 24
        word |= UInt64(done.bits) << 32 | UInt64(settled.bits) << 40 | UInt64(highestEpoch) << 48
        word |= (isRepeating ? 1 : 0) << 57 | (isSuperseded ? 1 : 0) << 58 | (isLost ? 1 : 0) << 59
        word |= (isStopping ? 1 : 0) << 60 | (isPaused ? 1 : 0) << 61 | (isConnected ? 1 : 0) << 62
        if watchesDelay { word |= 1 << 63 }
        hasher.combine(word)
        guard let hand else { return }
        hasher.combine(UInt64(hand.name.raw) | UInt64(hand.order) << 8 | UInt64(hand.tasks.bits) << 32)
    }
}

extension Budget {
    func hash(into hasher: inout Hasher) {
        let clients = UInt64(crashes) | UInt64(pauses) << 8 | UInt64(stops) << 16 | UInt64(failures) << 24
        let others = UInt64(expiries) | UInt64(lostReplies) << 8 | UInt64(rollbacks) << 16 | UInt64(saves) << 24
        hasher.combine(clients | others << 32)
    }
}
