/// Why a test can't go on.
struct NeverHappened: Error {}

/// Looks again and again until `condition` holds, without holding a thread.
///
/// - Throws: ``NeverHappened`` when it does not within `limit`.
func waitUntil(within limit: Duration = .seconds(20), _ condition: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        if ContinuousClock.now >= deadline { throw NeverHappened() }
        try await Task.sleep(for: .milliseconds(1))
    }
}
