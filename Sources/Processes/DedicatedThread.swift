import Glibc
import Synchronization

/// A thread of its own for work that blocks, so that it never holds a thread of Swift's cooperative pool.
///
/// The owner must ``join()`` it: a thread that nobody waits for is how a program ends in the middle of a write.
package final class DedicatedThread: Sendable {
    private let thread: Mutex<pthread_t?>

    /// Starts a thread that runs `body` once.
    ///
    /// - Parameter name: what `ps -L` and a debugger show; the kernel keeps its first 15 bytes.
    package init(name: String, body: @escaping @Sendable () -> Void) {
        let start = unsafe Unmanaged.passRetained(ThreadStart(name: name, body: body))
        var thread = pthread_t()
        let code = unsafe pthread_create(&thread, nil, runThreadStart, start.toOpaque())
        // Out of threads or memory: nothing that a caller could do better than stop here.
        precondition(code == 0, "pthread_create failed with \(code)")
        self.thread = Mutex(thread)
    }

    /// Starts a thread that nobody waits for: for a body that watches for something as long as the process lives.
    package static func detached(name: String, body: @escaping @Sendable () -> Void) {
        let thread = DedicatedThread(name: name, body: body)
        thread.thread.withLock { thread in
            if let started = thread { pthread_detach(started) }
            thread = nil
        }
    }

    /// Waits until the body has returned. Later calls return at once.
    package func join() {
        let waiting = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        if let waiting { _ = pthread_join(waiting, nil) }
    }
}

/// What a new thread is handed.
private final class ThreadStart: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
        self.name = name
        self.body = body
    }
}

private func runThreadStart(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument = unsafe argument else { return nil }
    let start = unsafe Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue()
    nameThisThread(start.name)
    start.body()
    return nil
}

/// Glibc's own call for this is hidden from Swift; the kernel's file does the same. A thread without a name works as
/// well, so a failure is not worth a word.
private func nameThisThread(_ name: String) {
    let file = unsafe open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    _ = unsafe write(file, name, min(name.utf8.count, 15))
    close(file)
}
