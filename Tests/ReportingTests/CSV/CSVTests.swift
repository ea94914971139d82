import Foundation
import Measurement
import Reporting
import Testing

@Suite("CSV")
struct CSVTests {
    @Test("a table's columns come after the run's four keys, in the order of the design")
    func order() {
        let keys = "schema_version,run_id,cell_id,repetition"
        #expect(
            CSVText.header(of: LatencyRow.self) == keys
                + ",task_kind,latency_kind,count,mean_us,stddev_us,min_us,p50_us,p90_us,p95_us,p99_us,p99_9_us"
                + ",p99_99_us,max_us\n")
        #expect(
            CSVText.header(of: IORow.self) == keys
                + ",task_kind,role,tasks,wall_s,cpu_s,io_wait_s,other_wait_s,residual_s,cpu_share,io_share"
                + ",suggested_concurrency,predicted_per_s,redis_round_trips,redis_commands,redis_bytes_out,redis_bytes_in,grpc_calls"
                + ",grpc_bytes_out,grpc_bytes_in,context_switches_voluntary,context_switches_involuntary"
                + ",apportioned_tasks\n")
        #expect(
            CSVText.header(of: AccuracyRow.self) == keys
                + ",n,algorithm,precision_bits,exact,computed,absolute_error,relative_error,ulp_error,correct_digits"
                + ",is_exact,duration_ns\n")
        #expect(
            CSVText.header(of: IntervalRow.self) == keys
                + ",second,phase,task_kind,sent,acked,service_sum_s,service_sum_squares_s2"
                + ",end_to_end_intended_sum_s,end_to_end_intended_p50_us,end_to_end_intended_p99_us"
                + ",end_to_end_intended_max_us,backlog,in_flight,cpu_worker_s,cpu_redis_s,throttled_s"
                + ",credit_balance,redis_memory_bytes,allowed_processors,time_scale\n")
        #expect(
            CSVText.header(of: SummaryRow.self) == keys
                + ",protocol,durability,transport,arrival,workers,slots,claim,lease_s,seed,tasks_planned,sent"
                + ",unacknowledged,acked,acked_unconfirmed,failed,dead,lost,duplicated,recovered,unexpected"
                + ",stale_acks,unknown_acks,left_in_redis,executions,inexact_results,wrong_results,worker_deaths"
                + ",worker_restarts,messages_placed,messages_repeated,messages_refused,messages_placed_twice"
                + ",messages_missing,duration_s,offered_per_s,sent_per_s,acked_per_s,steady_from_s,steady_to_s"
                + ",backlog_slope_per_s,verdict,cpu_conductor_s,cpu_generator_s,cpu_worker_s,cpu_sink_s,cpu_redis_s"
                + ",redis_commands,redis_bytes_in,redis_bytes_out,redis_commands_per_task,redis_bytes_per_task"
                + ",redis_cpu_us_per_task,peak_memory_redis_bytes,peak_memory_workers_bytes"
                + ",over_time_limit,retries,instance,is_held,credits,time_scale"
                + ",generators,generator_lag_p99_us,generator_cpu_share,generator_verdict,is_usable,payload_bytes,rtt_us"
                + ",topology,min_replicas\n"
        )
        #expect(
            CSVText.header(of: CreditRow.self) == keys
                + ",instance,time_scale,at_s,used_s,credit_balance,allowed_processors,excess_s,throttled_s,surplus_usd,phase\n"
        )
        #expect(
            CSVText.header(of: ForecastRow.self) == keys
                + ",instance,credits,speed,cpu_per_task_us,wanted_processors,is_for_ever,lasts_s,slows_after_s,ends_after_s"
                + ",with_credits_per_s,afterwards_per_s,with_credits_usd_per_million,afterwards_usd_per_million"
                + ",surplus_usd_per_hour\n")
    }

    @Test("credits and their forecast")
    func credits() {
        #expect(
            CSVText.line(of: CreditRow.sample)
                == "1,run-1,cell-a,2,t2.small,120.0,1.500000,0.020000,11.9600,1.0,0.000000,0.250000,0.0,load\n")
        #expect(
            CSVText.line(of: ForecastRow.throttled)
                == "1,run-1,cell-a,2,t2.small,launch,1.0,500.000,1.0,false,2250.000000"
                + ",1800.000000,2700.000000,2000.000,400.000,0.0032,0.016,0.0\n")
        #expect(
            CSVText.line(of: ForecastRow.forEver)
                == "1,run-1,cell-a,2,a1.medium,,0.5,500.000,0.5,true,,,,1000.000,1000.000,0.007,0.007,0.04\n")
    }

    @Test("a summary in full")
    func summary() {
        #expect(
            CSVText.line(of: SummaryRow.sample) == "1,run-1,cell-a,2,lease,none,unix,poisson:25000,2,1,256,5.000000,42"
                + ",1000000,1000000,3,999990,1,2,4,0,5,1,0,6,7,8,1000005,10203,0,1,1,300,4,3,0,0,40.125000,25000.000,24987.500"
                + ",24987.250,4.000000,40.000000,0.000,steady,0.500000,9.250000,31.000000,2.500000,12.500000,23438,120000000"
                + ",90000000,0.0234,210.002,12.500,104857600,41943040,4,9,t2.small,true,full,60.0"
                + ",1,125.250,0.2500,kept_up,true,1024,500.000,cluster,1\n")
    }

    @Test("what does not apply is empty, in every table")
    func empties() {
        #expect(CSVText.line(of: IORow.idle).contains(",0.000000,,,,,4000,"))
        var unaudited = SummaryRow.sample
        (unaudited.counts.lost, unaudited.counts.leftInRedis) = (nil, nil)
        (unaudited.messages, unaudited.cost.sinkCPUSeconds) = (nil, nil)
        #expect(CSVText.line(of: unaudited).contains(",999990,1,2,4,,5,1,0,6,7,,1000005,"))
        #expect(CSVText.line(of: unaudited).contains(",1,1,,,,,,40.125000,"))
        #expect(CSVText.line(of: unaudited).contains(",31.000000,,12.500000,"))
        var alone = SummaryRow.sample
        alone.setup.instance = nil
        #expect(CSVText.line(of: alone).hasSuffix(",4,9,,,,,1,125.250,0.2500,kept_up,true,1024,500.000,cluster,1\n"))
        let integer = CSVText.line(of: AccuracyRow.samples[3])
        #expect(integer == "1,run-1,cell-a,2,5,fast-doubling,,5,5,,,,,true,123\n")
    }

    @Test("an interval's figures stand in one row only")
    func intervals() {
        #expect(
            CSVText.line(of: IntervalRow.tasks)
                == "1,run-1,cell-a,2,7,steady,fibonacci,10,9,0.500000,0.062500000000,1.500000,100.500,200.000"
                + ",300.000,,,,,,,,,\n")
        #expect(
            CSVText.line(of: IntervalRow.machine)
                == "1,run-1,cell-a,2,7,warm_up,,,,,,,,,,3,2,1.500000,0.250000,0.000000,287.5000,1048576,0.2,60.0\n")
    }

    @Test("residual, shares and concurrency follow from the sums")
    func derived() {
        #expect(IORow.sample.residualSeconds == 0.5)
        #expect(IORow.sample.cpuShare == 31.0 / 80)
        #expect(IORow.sample.ioShare == 46.5 / 80)
        #expect(IORow.sample.suggestedConcurrency == 2.5)
    }

    @Test(
        "fields with commas, quotes and line breaks are quoted, others not",
        arguments: [
            ("plain", "plain"), ("", ""), ("a b", "a b"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""),
            ("two\nlines", "\"two\nlines\""), ("two\r\nlines", "\"two\r\nlines\""), ("größe", "größe"),
        ])
    func quoting(text: String, written: String) {
        var row = AccuracyRow.samples[0]
        row.algorithm = text
        #expect(CSVText.line(of: row).hasPrefix("1,run-1,cell-a,2,5,\(written),53,"))
    }

    @Test("numbers have the digits of their unit, and read back when the unit sets none")
    func numbers() {
        #expect(1.23456789.field(in: .seconds).text == "1.234568")
        #expect(1.23456789.field(in: .microseconds).text == "1.235")
        #expect((-0.0001).field(in: .perSecond).text == "0.000")
        #expect((-0.5).field(in: .perSecond).text == "-0.500")
        #expect(1e-17.field(in: .number).text == "1e-17")
        #expect(1234567.875.field(in: .microseconds).text == "1234567.875")
        #expect(Double.infinity.field(in: .seconds).text == "inf")
        #expect(UInt64.max.field(in: .count).text == "18446744073709551615")
        #expect(Optional<Double>.none.field(in: .seconds) == .empty)
        #expect(true.field(in: .truth).text == "true")
    }

    @Test("column names are unique, snake_case, and as many as the fields")
    func columns() {
        func check<Row: CSVTable>(_ row: Row) {
            let names = Row.columns.map(\.name)
            #expect(Set(names).count == names.count)
            #expect(names.allSatisfy { $0.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil })
            #expect(row.fields.count == names.count)
        }
        check(SummaryRow.sample)
        check(LatencyRow.samples[0])
        check(IORow.sample)
        check(AccuracyRow.samples[0])
        check(IntervalRow.tasks)
    }
}
