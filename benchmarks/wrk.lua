-- wrk -s wrk.lua URL -- FILE: sends the lines of FILE (method, path, cookies, headers, body,
-- between tabs) in turn, each thread its own share, and prints what came back as JSON.

local threads = {}

function setup(thread)
  thread:set("place", #threads)
  table.insert(threads, thread)
end

local requests, turn = {}, 0
bad, status = 0, 0

local function built(line, sequence)
  line = line:gsub("{sequence}", sequence)
  local method, path, cookies, header, body = line:match("^(.-)\t(.-)\t(.-)\t(.-)\t(.-)$")
  local headers = {}
  if cookies ~= "" then headers["Cookie"] = cookies end
  if header ~= "" then headers[header:match("^(.-):")] = header:match(": (.*)$") end
  if body == "" then return wrk.format(method, path, headers) end
  headers["Content-Type"] = "application/x-www-form-urlencoded"
  return wrk.format(method, path, headers, body)
end

function init(args)
  local number = 0
  for line in io.lines(args[1]) do
    -- Two threads share the lines, so that nobody is in two requests at once.
    if number % 2 == place then
      local grows = line:find("{sequence}", 1, true)
      table.insert(requests, grows and line or built(line, ""))
    end
    number = number + 1
  end
end

-- Grows; a minute ago, so that it is never ahead of the clock of the server.
function request()
  turn = turn + 1
  local chosen = requests[(turn - 1) % #requests + 1]
  if not chosen:find("{sequence}", 1, true) then return chosen end
  return built(chosen, string.format("%d", (os.time() - 60) * 1000 + turn))
end

function response(code)
  if code < 200 or code > 299 then
    bad, status = bad + 1, code
  end
end

function done(summary, latency, _)
  local failed, code = 0, 0
  for _, thread in ipairs(threads) do
    failed = failed + thread:get("bad")
    code = math.max(code, thread:get("status"))
  end
  local lost = summary.errors.connect + summary.errors.read + summary.errors.write
  print(string.format(
    '\n{"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "bad": %d, "status": %d, "lost": %d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, failed, code, lost + summary.errors.timeout))
end
