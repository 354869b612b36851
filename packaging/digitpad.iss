; Inno Setup's recipe for the installer on Windows: ISCC /DAppVersion=1.2.3 packaging\digitpad.iss
; It installs what packaging\build.py made in build\package\app\DigitPad, for one user, without administrator rights.
#ifndef AppVersion
  #error The version is missing: /DAppVersion=1.2.3
#endif

[Setup]
AppId={{7E0A2B0F-6C0D-4E51-9E64-6B2D6B0C9D17}
AppName=DigitPad
AppVersion={#AppVersion}
AppPublisher=The DigitPad maintainers
DefaultDirName={autopf}\DigitPad
DefaultGroupName=DigitPad
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\LICENSE
SetupIconFile=..\build\package\icons\digitpad.ico
UninstallDisplayIcon={app}\DigitPad.exe
OutputDir=..\dist
OutputBaseFilename=DigitPad-{#AppVersion}-windows-x86_64
Compression=lzma2/max
SolidCompression=yes
LZMAUseSeparateProcess=yes
WizardStyle=modern

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[InstallDelete]
; removes files of an older version that the new one lacks
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\build\package\app\DigitPad\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\DigitPad"; Filename: "{app}\DigitPad.exe"
Name: "{autodesktop}\DigitPad"; Filename: "{app}\DigitPad.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\DigitPad.exe"; Description: "{cm:LaunchProgram,DigitPad}"; Flags: nowait postinstall skipifsilent
