package import ReliableQueue

/// What long work owes whoever waits for it: a line now and then, and an end when it is asked for one.
package struct LongWork: Sendable {
    private let stop: StopSignal
    private let show: @Sendable (String) -> Void

    /// Work that nobody watches and nobody interrupts.
    package static let unattended = LongWork(stop: StopSignal()) { _ in }

    /// Work that ends soon after `stop` is given; `show` gets its lines.
    package init(stop: StopSignal, show: @escaping @Sendable (String) -> Void) {
        self.stop = stop
        self.show = show
    }

    /// Says what comes next.
    package func report(_ line: String) { show(line) }

    /// Where the work may end: to be called between its pieces.
    ///
    /// - Throws: ``HarnessError/interrupted(_:)`` when it was asked to.
    package func checkpoint() throws(HarnessError) {
        if stop.isSet { throw .interrupted("interrupted") }
    }
}
