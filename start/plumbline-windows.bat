@echo off
rem Starts Plumbline in the browser. The first start brings uv and everything Plumbline needs.
rem Options go on to "plumbline app", for example --shortcut.
setlocal
cd /d "%~dp0.."
set "PATH=%USERPROFILE%\.local\bin;%PATH%"
where uv >nul 2>nul
if errorlevel 1 (
    echo Bringing uv, which installs Python and what Plumbline needs ^(once^) ...
    powershell -NoProfile -ExecutionPolicy Bypass -Command "irm https://astral.sh/uv/install.ps1 | iex"
)
where uv >nul 2>nul
if errorlevel 1 py -m pip install --user uv
set "UV=uv"
where uv >nul 2>nul
if errorlevel 1 set "UV=py -m uv"
%UV% --version >nul 2>nul
if errorlevel 1 (
    echo uv could not be installed: see https://docs.astral.sh/uv/ and start again.
    pause
    exit /b 1
)
echo Starting Plumbline; the first time takes a few minutes. Close this window to stop it.
%UV% run --frozen --no-dev plumbline app %*
if errorlevel 1 pause
