-- Asks one question about ever other dossiers, citizens and agencies.
-- Arguments: the question; the file of tokens, those of the officials at the eight agencies first; how many dossiers there are; how many an agency filed a day.
local PAGES = 3
local AGENCIES = 8
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("seed", threads)
end

function init(arguments)
  question, count, a_day = arguments[1], tonumber(arguments[3]), tonumber(arguments[4])
  tokens = {}
  for line in io.lines(arguments[2]) do
    table.insert(tokens, line)
  end
  math.randomseed(seed)
  page = 0
  if question == "list" then response = follow end
end

local function get(path, token)
  return wrk.format("GET", path, { Authorization = "Bearer " .. token })
end

-- An agency, and the token of its official.
local function any_agency()
  local n = math.random(1, AGENCIES)
  return "/api/v1/agencies/H44." .. (100 + n), tokens[n]
end

local function track()
  local n = math.random(0, count - 1)
  local of_agency = math.floor(n / 8)
  local day = os.date("!%y%m%d", 1767225600 + math.floor(of_agency / a_day) * 86400)
  local code = string.format("H44.%d-%s-%04d", 101 + n % 8, day, of_agency % a_day + 1)
  local secret = string.format("ffffffff-0000-7000-8000-%012x", n)
  local body = string.format('{"code": "%s", "secret": "%s"}', code, secret)
  return wrk.format("POST", "/api/v1/tracking", { ["Content-Type"] = "application/json" }, body)
end

-- The first pages of an agency's list, then those of another.
local function list()
  if page == 0 then
    place, official = any_agency()
    place = place .. "/dossiers?status=REGISTERED&page_size=10"
  end
  return get(page == 0 and place or place .. "&cursor=" .. cursor, official)
end

function follow(status, headers, body)
  cursor = body:match('"next":"([^"]+)"')
  page = cursor and (page + 1) % PAGES or 0
end

function request()
  if question == "track" then return track() end
  if question == "mine" then return get("/api/v1/dossiers", tokens[math.random(AGENCIES + 1, #tokens)]) end
  if question == "counts" then
    local agency, official = any_agency()
    return get(agency .. "/dossier-counts", official)
  end
  return list()
end
