import Processes

/// Runs what blocks on a thread of its own, and awaits it.
///
/// Tests run on Swift's cooperative pool, which is as wide as the machine has processors: one that waits there for
/// asynchronous work to get done may hold the very thread that the work needs.
package func onOwnThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DedicatedThread.detached(name: "test") { continuation.resume(with: Result { try body() }) }
    }
}
