import ReliableQueue
import Synchronization

/// What has the effects of tasks, each once, and takes nothing under a token that is older than one it has seen of the same
/// task: as the sink of messages does.
final class EffectGuard: Sendable {
    private struct State {
        var tokens: [TaskID: FencingToken] = [:]
        var refused = 0
        var repeated = 0
    }

    private let state = Mutex(State())

    /// The tasks that have had their effect.
    var tasks: Set<TaskID> { state.withLock { Set($0.tokens.keys) } }
    /// How often an older token was refused.
    var refused: Int { state.withLock { $0.refused } }
    /// How often a task came again, under the same token or a later one.
    var repeated: Int { state.withLock { $0.repeated } }

    /// Has the task's effect, unless that was there before.
    func take(_ task: ClaimedTask) -> TaskOutcome {
        state.withLock { state in
            if let latest = state.tokens[task.id] {
                guard latest <= task.token else {
                    state.refused += 1
                    return .superseded
                }
                state.repeated += 1
            }
            state.tokens[task.id] = task.token
            return .done
        }
    }
}
