import Reporting
import Testing

/// The sample page at three sizes, whole: what a reader of the screen sees.
@Suite("Live view, line by line")
struct TopSnapshotTests {
    private static let snapshots: [(Int, Int, String)] = [
        (
            80, 24,
            """
            fibq top  orders  lease on redis://10.0.0.1:6379          12:34:56 UTC · q quits
            Tasks     waiting 1,234,567  retry 3  delayed 12  in flight 514 in 3 claims
                      expired 1 claim  dead letters 2  failed before 14  lost a worker 1
            Rates     enqueued 50,000/s  batches 195/s  claims 390/s  handed out 100,900/s
                      done ≈101,000/s  backlog -51,002/s  dead letters +2.00/s  over 1.00 s
            Smoothed  enqueued 50,000/s  batches 195/s  claims 390/s  handed out 100,900/s
                      done ≈101,000/s  backlog -51,002/s  dead letters +2.00/s  over 10.0 s
            Waits     a new task will wait ≈12.2 s  next delayed task due in 80.0 ms
                      Redis answers in 120 µs
            Connected workers 4 from 2 hosts  monitors 1, silent for 0:09  producers 1
                      open sessions of producers 1
            Redis     7.0.15  memory 64.0 MiB of 2.00 GiB  peak 80.0 MiB  fragmentation 1.05
                      CPU 34.5 %  commands 2,345/s  connections 11
            Saved     AOF everysec  length 123 MiB  last write ok  rewrite failed
                      pending fsync 1  RDB off
            Credits   t2.small 29.5  allowed 1.00 processors  held back 500 ms
                      time scale 60.0

            Claims 2 of 3  worker  claim  tasks  lease left       renewed
                           k3      17         2     expired             –
                           a9      4        256      3.25 s  ≥ 1.00 s ago

            Dead 1 of 2  task                   kind     reason
                         00c0ffee00c0ffee.12.3  fib-gmp  its worker vanished 6 times
            """
        ),
        (
            40, 10,
            """
            fibq top  orders  lease on redis://10.0…
            Tasks     waiting 1,234,567  retry 3
                      delayed 12
                      in flight 514 in 3 claims
                      expired 1 claim
                      dead letters 2
                      failed before 14
                      lost a worker 1
            Rates     enqueued 50,000/s
                      batches 195/s  claims 390/s
            """
        ),
        (
            200, 60,
            """
            fibq top  orders  lease on redis://10.0.0.1:6379                                                                                                                                  12:34:56 UTC · q quits
            Tasks     waiting 1,234,567  retry 3  delayed 12  in flight 514 in 3 claims  expired 1 claim  dead letters 2  failed before 14  lost a worker 1
            Rates     enqueued 50,000/s  batches 195/s  claims 390/s  handed out 100,900/s  done ≈101,000/s  backlog -51,002/s  dead letters +2.00/s  over 1.00 s
            Smoothed  enqueued 50,000/s  batches 195/s  claims 390/s  handed out 100,900/s  done ≈101,000/s  backlog -51,002/s  dead letters +2.00/s  over 10.0 s
            Waits     a new task will wait ≈12.2 s  next delayed task due in 80.0 ms  Redis answers in 120 µs
            Connected workers 4 from 2 hosts  monitors 1, silent for 0:09  producers 1  open sessions of producers 1
            Redis     7.0.15  memory 64.0 MiB of 2.00 GiB  peak 80.0 MiB  fragmentation 1.05  CPU 34.5 %  commands 2,345/s  connections 11
            Saved     AOF everysec  length 123 MiB  last write ok  rewrite failed  pending fsync 1  RDB off
            Credits   t2.small 29.5  allowed 1.00 processors  held back 500 ms  time scale 60.0

            Claims 3  worker  claim  tasks  lease left       renewed
                      k3      17         2     expired             –
                      a9      4        256      3.25 s  ≥ 1.00 s ago
                      b2      90     ≥ 256      4.90 s    100 ms ago

            Dead 2    task                   kind     reason
                      00c0ffee00c0ffee.12.3  fib-gmp  its worker vanished 6 times
                      00c0ffee00c0ffee.12.2  message  this worker has no sink

            Commands 2  name     a second     mean  p99 ever
                        evalsha       412  95.2 µs    180 µs
                        rpush         396  40.0 µs         –
            """
        ),
    ]

    @Test("the page at a size", arguments: snapshots)
    func snapshot(width: Int, height: Int, shown: String) {
        let lines = TopScreen(samplePage(), hint: "q quits").lines(width: width, height: height)
        #expect(lines.map(\.text).joined(separator: "\n") == shown)
    }
}
