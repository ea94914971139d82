import Reporting
import Synchronization

/// Makes the pages of a live view: looks, and says on the page when that is not possible.
final class TopSource: Sendable {
    private struct State {
        let collector: TopCollector
        var history: TopHistory
    }

    private let state: Mutex<State>

    init(_ role: TopRole) throws(HarnessError) {
        var folder: RunFolder?
        if let run = role.runFolder {
            folder = RunFolder(existing: run)
            if folder == nil { throw .usage("--run \(run): there is no such folder") }
        }
        let collector = try TopCollector(of: role.queue, run: folder)
        state = Mutex(State(collector: collector, history: TopHistory(of: role.queue)))
    }

    /// The page of a look.
    func look() throws(HarnessError) -> TopPage {
        try state.withLock { state throws(HarnessError) in
            state.history.page(of: try state.collector.read())
        }
    }

    /// The page of a look; while that fails the one before, and what is wrong.
    func next(_ before: TopPage) -> TopPage {
        state.withLock { state in
            do throws(HarnessError) {
                return state.history.page(of: try state.collector.read())
            } catch {
                state.history.interrupt()
                var page = before
                page.alarms = ["the figures are of \(before.clock), trying again: \(error)"]
                (page.latest, page.commands, page.isStale) = (nil, [], true)
                return page
            }
        }
    }
}
