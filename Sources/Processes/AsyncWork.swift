import Dispatch
import Synchronization

/// The bridge from a thread that may block to asynchronous code.
package enum AsyncWork {
    /// Runs `body` on Swift's cooperative pool, and waits for it in this thread, which must not be one of the pool's.
    @available(*, noasync, message: "blocks its thread: await the work itself")
    package static func finish<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
        let done = DispatchSemaphore(value: 0)
        let result = Outcome<Value>()
        // Owned by this call, which does not return before it has ended.
        Task {
            do {
                result.set(.success(try await body()))
            } catch {
                result.set(.failure(error))
            }
            done.signal()
        }
        done.wait()
        return try result.get()
    }

    private final class Outcome<Value: Sendable>: Sendable {
        private let result = Mutex<Result<Value, any Error>?>(nil)

        func set(_ value: Result<Value, any Error>) { result.withLock { $0 = value } }

        func get() throws -> Value {
            guard let result = result.withLock({ $0 }) else { preconditionFailure("the work has ended") }
            return try result.get()
        }
    }
}
