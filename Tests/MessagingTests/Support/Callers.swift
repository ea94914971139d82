import Messaging
import Synchronization

/// Places the messages of tasks 1 to `count`, as many at a time as there are callers.
func placeAll(_ count: UInt32, callers: Int, _ client: MessageClient) async -> [PlacementResult] {
    await withTaskGroup(of: PlacementResult.self) { group in
        var results: [PlacementResult] = []
        for index in 1...count {
            if index > callers, let result = await group.next() { results.append(result) }
            group.addTask { await client.place(.sample(index, token: 1)) }
        }
        for await result in group { results.append(result) }
        return results
    }
}

/// True the first time that it is asked.
final class FirstOnly: Sendable {
    private let wasAsked = Atomic(false)

    func next() -> Bool { !wasAsked.exchange(true, ordering: .relaxed) }
}

/// What an observer was told, in order.
final class Told: Sendable {
    private let changes = Mutex<[Bool]>([])

    /// For the client's settings.
    var observer: @Sendable (Bool, String) -> Void {
        { [self] isReachable, _ in changes.withLock { $0.append(isReachable) } }
    }

    /// So far.
    var sofar: [Bool] { changes.withLock { $0 } }
}

extension PlacementOutcome {
    /// The status of a failure.
    var failedStatus: MessageStatus? {
        if case .failed(let status, _) = self { status } else { nil }
    }

    /// Whether the message is placed, now or before.
    var isPlaced: Bool {
        switch self {
        case .placed, .repeated: true
        default: false
        }
    }
}
