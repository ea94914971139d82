import Measurement

/// What a computing thread of a worker keeps to itself: its account with the kernel, and what runs tasks.
final class ComputeBench {
    let executor = TaskExecutor()
    private let account: ThreadAccount?

    /// A bench of the calling thread. Without its account tasks are run all the same, and cost nothing on record.
    init(onFailure: (any Error) -> Void) {
        do throws(AccountingError) {
            account = try ThreadAccount()
        } catch {
            account = nil
            onFailure(error)
        }
    }

    /// The thread's account up to now.
    func sample() -> ThreadSample {
        switch account {
        case .none: ThreadSample(wall: MonotonicClock.nanoseconds())
        case .some(let account): account.sample()
        }
    }
}
