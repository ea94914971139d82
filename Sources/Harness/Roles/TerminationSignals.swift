import Glibc
package import ReliableQueue
import Processes
import Synchronization

/// Turns SIGINT, SIGTERM and SIGHUP into a ``StopSignal``, on a thread that does nothing else. The second one ends the
/// process at once.
///
/// Must be made before any other thread, since a thread inherits which signals are blocked.
package final class TerminationSignals: Sendable {
    /// Set by the first of the signals.
    package let stop = StopSignal()
    private let received = Atomic<Int32>(0)
    private let lastAct = Mutex<(@Sendable () -> Void)?>(nil)

    /// Blocks the signals in this thread and waits for them in another, for as long as the process lives.
    ///
    /// - Parameter removing: a file that must not outlive the process, should the second signal end it.
    package init(removing unfinished: String? = nil) {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for signal in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, signal) }
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        DedicatedThread.detached(name: "signals") { [signals] in
            var signals = signals
            while true {
                var signal: Int32 = 0
                guard unsafe sigwait(&signals, &signal) == 0 else { return }
                // Whoever asks twice wants it now. What this process holds falls to its lifelines and to the monitors.
                if self.wasInterrupted {
                    if let unfinished { unsafe unlink(unfinished) }
                    self.lastAct.withLock { $0 }?()
                    _exit(128 + signal)
                }
                self.received.store(signal, ordering: .releasing)
                self.stop.set()
            }
        }
    }

    /// What is to be done, too, should the second signal end the process: on the thread of the signals, and soon.
    package func beforeExit(_ act: @escaping @Sendable () -> Void) { lastAct.withLock { $0 = act } }

    /// True when one of the signals came (and not merely somebody set ``stop``).
    package var wasInterrupted: Bool { received.load(ordering: .acquiring) != 0 }
}
