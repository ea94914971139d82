import Foundation
package import ReliableQueue
import Reporting

/// A live view of a queue: a screen on a terminal, a line now and then elsewhere. It writes nothing into Redis.
package struct TopRole: Sendable {
    /// How often the keyboard, the terminal's size and signals are looked at.
    private static let tick = Duration.milliseconds(100)
    /// The columns of a page that is no terminal's.
    private static let pageWidth = 100

    /// The queue.
    package var queue: QueueAddress
    /// How often it is looked at.
    package var every: Duration
    /// The folder of the run that uses it, which tells more; `nil` for none.
    package var runFolder: String?

    /// A view of this queue.
    package init(queue: QueueAddress, every: Duration) {
        self.queue = queue
        self.every = every
    }

    /// Shows the queue until `signals` say stop, or, on a terminal, somebody types q.
    ///
    /// - Throws: when the first look fails. Later on a server that goes away is waited for, and the view says so.
    package func run(until signals: TerminationSignals) throws(HarnessError) {
        let source = try TopSource(self)
        let first = try source.look()
        if TerminalScreen.isThere {
            let screen = TerminalScreen()
            signals.beforeExit { screen.leaveAtOnce() }
            screen.enter()
            let feed = TopFeed(from: first, every: every, next: source.next)
            show(feed, on: screen, until: signals.stop)
            screen.leave()
            feed.end()
        } else {
            try printLines(from: first, source, until: signals.stop)
        }
    }

    /// Prints one page, of two looks one interval apart.
    package func printOnce(until stop: StopSignal) throws(HarnessError) {
        let source = try TopSource(self)
        _ = try source.look()
        guard !stop.wait(upTo: every) else { return }
        print(TopScreen(try source.look()).text(width: Self.pageWidth), terminator: "")
    }

    private func show(_ feed: TopFeed, on screen: TerminalScreen, until stop: StopSignal) {
        // As https://no-color.org has it.
        let isStyled = (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
        let hint = screen.hasKeyboard ? "q quits" : ""
        var shown: (number: Int, width: Int, height: Int)?
        while !stop.isSet {
            let (state, size) = (feed.latest, screen.size)
            if shown.map({ $0 != (state.number, size.width, size.height) }) ?? true {
                let lines = TopScreen(state.page, hint: hint).lines(width: size.width, height: size.height)
                let isWhole = screen.draw(lines, isStyled: isStyled) { !stop.isSet }
                shown = isWhole ? (state.number, size.width, size.height) : nil
            }
            switch screen.input(upTo: Self.tick) {
            case .byte(UInt8(ascii: "q")), .byte(UInt8(ascii: "Q")), .end: return
            case .byte, .nothing: continue
            }
        }
    }

    private func printLines(
        from first: TopPage, _ source: TopSource, until stop: StopSignal
    ) throws(HarnessError) {
        var page = first
        repeat {
            print(page.line)
            try StandardOutput.finish()
            guard !stop.wait(upTo: every) else { return }
            page = source.next(page)
        } while !stop.isSet
    }
}
